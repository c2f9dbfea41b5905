import { causeOf } from "#lib/server/docker/errors.ts";
import type { ActionContext } from "../cluster/actions/context.ts";
import { refusal } from "../docker-cli/private-socket.ts";
import type { CliAnswer, CliRequest } from "./cli-exchange.ts";

/** What the docker command may read while it deploys a stack: nothing else is passed on. */
const readable =
  /^\/(info|version|networks|services|secrets|configs|(networks|services|secrets|configs)\/[A-Za-z0-9][\w.-]{0,254}|distribution\/[\w./:@+-]{1,500}\/json)$/;

/** Asking a registry for a digest may take its time, ms. */
const readTimeoutMs = 60_000;

/** Passes a read on to the manager of this moment. */
export async function readForCli(ctx: ActionContext, { path, query }: CliRequest): Promise<CliAnswer> {
  if (!readable.test(path)) return refusal(403, `${path} is nothing that a deploy reads`);
  try {
    const image = /^\/distribution\/(.+)\/json$/.exec(path)?.[1];
    const auth = image === undefined ? null : ctx.registryAuth(image);
    const body = await ctx.manager().getText(path, {
      query: Object.fromEntries(query),
      timeoutMs: readTimeoutMs,
      ...(auth !== null && { headers: { "X-Registry-Auth": auth } }),
    });
    return { status: 200, body };
  } catch (error) {
    return refusalOf(error);
  }
}

/** An engine's refusal as the engine said it, so that the command reads what it would read without us. */
export function refusalOf(error: unknown): CliAnswer {
  const failure = causeOf(error);
  if (failure?.kind === "answered") return refusal(failure.status ?? 500, failure.text);
  return refusal(503, error instanceof Error ? error.message : String(error));
}
