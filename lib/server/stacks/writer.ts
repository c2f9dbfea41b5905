import type { Revision } from "#lib/server/db/revisions.ts";
import { certainlyNotApplied, isOutOfSequence } from "#lib/server/docker/errors.ts";
import { stackLabel } from "#lib/server/docker/map-service.ts";
import { sameSpec } from "#lib/server/docker/same-spec.ts";
import { projectedSpec } from "#lib/server/docker/settled-spec.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import { maskedValue } from "#lib/shared/agent/scope.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { jsonAt } from "#lib/shared/lossless-json.ts";
import "#lib/shared/i18n/pages/edit.ts";
import { guardedChanges } from "#lib/shared/policy/guarded-changes.ts";
import { addedEscapes } from "#lib/shared/policy/host-escapes.ts";
import type { StackFile } from "#lib/shared/stacks/types.ts";
import type { ActionContext } from "../cluster/actions/context.ts";
import { escapeFacts, mayReachHost } from "../cluster/actions/host-access.ts";
import { registryHeadersOf } from "../cluster/actions/write-spec.ts";
import { refusal } from "../docker-cli/private-socket.ts";
import { type CliWrites, routeCliCall } from "./cli-calls.ts";
import type { CliAnswer, CliRequest } from "./cli-exchange.ts";
import { readForCli, refusalOf } from "./engine-reads.ts";
import type { FileSwaps } from "./file-swaps.ts";
import type { MadePlan } from "./make-plan.ts";
import { readNetworkNames, withNetworkIds } from "./network-names.ts";
import { nameIn } from "./recorder.ts";

/** One write that the engine has accepted. */
export interface Written {
  readonly id: string;
  readonly name: string;
  /** Null: nothing about it was different, or it is gone. */
  readonly operation: number | null;
  /** As the engine shows it now; null: it is gone. */
  readonly spec: string | null;
}

export interface WriterOptions {
  readonly ctx: ActionContext;
  readonly caller: Caller;
  readonly stack: string;
  /** What the services are held to: they must be what they were in the plan. */
  readonly live: MadePlan["live"];
  /** The files that secrets and configs may come from. */
  readonly files: readonly StackFile[];
  /** Secrets and configs for those of the file, as the plan has chosen them. */
  readonly swaps: Pick<FileSwaps, "through">;
  readonly onWritten: (written: Written) => void;
}

const mostStaleTries = 5;
const pictureWaitMs = 5_000;

/**
 * Passes what the docker command changes on to the swarm: each write is judged once more (who may do it, is the service
 * still what the plan has shown), written down as a revision before the engine is asked, and followed as an operation.
 */
export function createWriter(options: WriterOptions): (request: CliRequest) => Promise<CliAnswer> {
  const { ctx } = options;
  const texts = new Set(options.files.map(({ text }) => Buffer.from(text).toString("base64")));
  // The command itself has no logins: those that Shoal keeps go with what has an image.
  const write = (path: string, body: string, query: Record<string, string> = {}) =>
    ctx.manager().send("POST", path, { body, query, headers: registryHeadersOf(ctx, body) });
  const writes: CliWrites = {
    async createNetwork(body) {
      const { Driver } = JSON.parse(body) as { Driver?: string };
      if (Driver !== undefined && Driver !== "overlay" && Driver !== "" && !mayReachHost(ctx, options.caller))
        return refusal(403, t("deploy.refusal.driver", { name: nameIn(body), driver: Driver }));
      return { status: 201, body: await write("/networks/create", body) };
    },
    async createPart(kind, body) {
      return allowedData(texts, body) ?? { status: 201, body: await write(`/${kind}s/create`, body) };
    },
    async updatePart(kind, id, body, version) {
      return (
        allowedData(texts, body) ?? {
          status: 200,
          body: await write(`/${kind}s/${id}/update`, body, { version }),
        }
      );
    },
    createService: (body) => createService(options, body, (text) => write("/services/create", text)),
    updateService: (id, body) =>
      updateService(options, id, body, (text, version) => write(`/services/${id}/update`, text, { version })),
    removeService: (id) => removeService(options, id),
  };
  const through = options.swaps.through({ read: (read) => readForCli(ctx, read), writes });
  return (request) => routeCliCall(request, through.read, through.writes).catch(refusalOf);
}

/** Nothing but what came with the deploy becomes a secret or a config, whatever the command has read. */
function allowedData(texts: ReadonlySet<string>, body: string): CliAnswer | null {
  const { Data = "" } = JSON.parse(body) as { Data?: string };
  return Data === "" || texts.has(Data)
    ? null
    : refusal(403, t("deploy.refusal.data", { name: nameIn(body) }));
}

async function createService(
  options: WriterOptions,
  body: string,
  send: (body: string) => Promise<string>,
): Promise<CliAnswer> {
  const { ctx } = options;
  const refused = await refusedSpec(options, "null", body);
  if (refused) return refused;
  const answer = await send(body);
  const { ID = "" } = JSON.parse(answer) as { ID?: string };
  const shown = jsonAt(await ctx.manager().getText(`/services/${ID}`), ["Spec"]) ?? body;
  await inPicture(ctx, ID);
  // There was nothing to write down before: an id comes with the engine's answer.
  const revision = ctx.beginRevision(revisionOf(options, ID, nameIn(body), "null", shown), "0");
  revision.confirm();
  options.onWritten({ id: ID, name: nameIn(body), operation: revision.operation ?? null, spec: shown });
  return { status: 201, body: answer };
}

/** An operation is judged by the picture: it must know the service. */
async function inPicture(ctx: ActionContext, id: string): Promise<void> {
  ctx.changed({ services: [id] });
  const until = ctx.now() + pictureWaitMs;
  while (ctx.model().services[id] === undefined && ctx.now() < until) await ctx.sleep(50);
}

async function updateService(
  options: WriterOptions,
  id: string,
  body: string,
  send: (body: string, version: string) => Promise<string>,
): Promise<CliAnswer> {
  const { ctx, live } = options;
  const name = nameIn(body);
  for (let tries = 1; ; tries += 1) {
    const text = await ctx.manager().getText(`/services/${id}`);
    const [spec = "null", version = "0"] = [
      jsonAt(text, ["Spec"]) ?? "null",
      jsonAt(text, ["Version", "Index"]) ?? "0",
    ];
    const planned = live.get(id);
    if (planned === undefined || !sameSpec(planned.spec, spec))
      return refusal(409, t("deploy.refusal.changed", { name }));
    const refused = await refusedSpec(options, spec, body);
    if (refused) return refused;
    const next = projectedSpec(spec, withNetworkIds(body, await readNetworkNames(ctx)));
    // The command writes every service; one that stays as it is gets no revision.
    const revision = sameSpec(spec, next)
      ? null
      : ctx.beginRevision(revisionOf(options, id, name, spec, next), version);
    try {
      const answer = await send(body, version);
      revision?.confirm();
      ctx.changed({ services: [id] });
      options.onWritten({ id, name, operation: revision?.operation ?? null, spec: next });
      return { status: 200, body: answer };
    } catch (error) {
      if (certainlyNotApplied(error)) revision?.drop();
      // An update under way moves the version by itself.
      if (!isOutOfSequence(error) || tries >= mostStaleTries) throw error;
    }
  }
}

async function removeService(options: WriterOptions, id: string): Promise<CliAnswer> {
  const { ctx, live } = options;
  const text = await ctx.manager().getText(`/services/${id}`);
  const spec = jsonAt(text, ["Spec"]) ?? "null";
  const name = nameIn(spec);
  const planned = live.get(id);
  if (planned === undefined || !sameSpec(planned.spec, spec))
    return refusal(409, t("deploy.refusal.changed", { name }));
  const revision = ctx.beginRevision(revisionOf(options, id, name, spec, "null"));
  try {
    await ctx.manager().send("DELETE", `/services/${id}`);
  } catch (error) {
    if (certainlyNotApplied(error)) revision.drop();
    throw error;
  }
  revision.confirm();
  ctx.changed({ services: [id] });
  options.onWritten({ id, name, operation: null, spec: null });
  return { status: 200, body: "" };
}

/** Why this person may not write this specification; null: they may. */
async function refusedSpec(options: WriterOptions, before: string, body: string): Promise<CliAnswer | null> {
  const { caller, stack, ctx } = options;
  const name = nameIn(body);
  const { Labels } = JSON.parse(body) as { Labels?: Readonly<Record<string, string>> };
  if (Labels?.[stackLabel] !== stack) return refusal(403, t("deploy.problem.foreign", { name }));
  if (body.includes(maskedValue)) return refusal(403, t("actions.error.masked", { name }));
  if (mayReachHost(ctx, caller)) return null;
  const { host, idOf } = await readNetworkNames(ctx);
  const sent = withNetworkIds(body, { idOf });
  const facts = escapeFacts(ctx, host);
  const [first] = addedEscapes(JSON.parse(before), JSON.parse(sent), facts);
  if (first !== undefined) {
    const what = [first.kind.replaceAll("_", " "), first.detail].filter(Boolean).join(" ");
    return refusal(403, t("deploy.problem.escape", { name, what }));
  }
  if (before === "null") return null;
  const guarded = guardedChanges(JSON.parse(before), JSON.parse(projectedSpec(before, sent)), facts);
  if (guarded.length === 0) return null;
  return refusal(403, `${name}: ${t("edit.escape.guarded", { members: guarded.join(", ") })}`);
}

function revisionOf(
  { ctx, caller }: WriterOptions,
  id: string,
  name: string,
  before: string,
  after: string,
): Revision {
  return {
    cluster: ctx.clusterId,
    kind: "service",
    objectId: id,
    objectName: name,
    at: ctx.now(),
    userId: caller.userId,
    userName: caller.name,
    via: caller.via,
    action: "stack.deploy",
    specBefore: before,
    specAfter: after,
  };
}
