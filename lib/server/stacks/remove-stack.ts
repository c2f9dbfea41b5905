import type { StacksTables } from "#lib/server/db/stacks.ts";
import { stackLabel } from "#lib/server/docker/map-service.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { stackName } from "#lib/shared/stacks/schemas.ts";
import type { StackRemoval } from "#lib/shared/stacks/types.ts";
import { requireConfirm } from "../cluster/actions/confirm.ts";
import type { ActionContext } from "../cluster/actions/context.ts";
import { selfServiceWarning } from "../cluster/actions/self.ts";
import { removeService, scaleService } from "../cluster/actions/service-writes.ts";

/** Tasks that stop hold their networks for as long as their grace period, ms. */
const networkPatienceMs = 40_000;

interface Part {
  readonly id: string;
  readonly name: string;
}

type Parts = Readonly<Record<keyof StackRemoval, readonly Part[]>>;

/** Removes what carries the stack's label, services first; volumes stay. Needs the stack's name as confirmation. */
export async function removeStack(
  ctx: ActionContext,
  caller: Caller,
  stack: string,
  input: { readonly confirm?: string },
): Promise<StackRemoval> {
  const parts = await partsOf(ctx, stack);
  const names = namesOf(parts);
  if (input.confirm !== stack) {
    const n = parts.services.length;
    throw new AppError("confirmation_needed", t("deploy.remove.confirm", { stack, n }), {
      details: { name: stack, ...names },
    });
  }
  // The name of the stack was typed for all of it: Shoal's own service included.
  const own = ctx.self()?.serviceId;
  // With Shoal's own service everything ends: it goes last of them.
  const services = [...parts.services].sort((a, b) => Number(a.id === own) - Number(b.id === own));
  for (const { id, name } of services) await removeService(ctx, caller, id, { confirm: name });
  for (const kind of ["secrets", "configs"] as const) {
    for (const part of parts[kind]) await drop(ctx, `/${kind}/${part.id}`);
  }
  const until = ctx.now() + networkPatienceMs;
  for (const { id } of parts.networks) await dropPatiently(ctx, `/networks/${id}`, until);
  // Its manager lists a network for a moment longer, and a deploy that finds it there would count on it.
  while ((await partsNamed(ctx, stack, "networks")).length > 0 && ctx.now() < until) await ctx.sleep(100);
  return names;
}

async function drop(ctx: ActionContext, path: string): Promise<void> {
  try {
    await ctx.manager().send("DELETE", path);
  } catch (error) {
    if (!isAppError(error) || error.code !== "not_found") throw error;
  }
}

/** A network that tasks still leave is refused for as long. */
async function dropPatiently(ctx: ActionContext, path: string, until: number): Promise<void> {
  for (;;) {
    try {
      await drop(ctx, path);
      return;
    } catch (error) {
      if (!isAppError(error) || !/in use|active endpoints/.test(error.engineText ?? "") || ctx.now() >= until)
        throw error;
      await ctx.sleep(500);
    }
  }
}

async function partsOf(ctx: ActionContext, stack: string): Promise<Parts> {
  if (!stackName.test(stack))
    throw new AppError("not_found", t("resources.noStack", { name: stack.slice(0, 100) }));
  const [services, networks, secrets, configs] = await Promise.all(
    ["services", "networks", "secrets", "configs"].map((kind) => partsNamed(ctx, stack, kind)),
  );
  const parts = {
    services: services ?? [],
    networks: networks ?? [],
    secrets: secrets ?? [],
    configs: configs ?? [],
  };
  if (Object.values(parts).every((list) => list.length === 0))
    throw new AppError("not_found", t("resources.noStack", { name: stack }));
  return parts;
}

interface WirePart {
  readonly ID?: string;
  readonly Id?: string;
  readonly Name?: string;
  readonly Spec?: { readonly Name?: string };
}

async function partsNamed(ctx: ActionContext, stack: string, kind: string): Promise<readonly Part[]> {
  const query = { filters: { label: [`${stackLabel}=${stack}`] } };
  const found = await ctx.manager().get<readonly WirePart[]>(`/${kind}`, { query });
  return found.map(({ ID, Id, Name, Spec }) => ({ id: ID ?? Id ?? "", name: Spec?.Name ?? Name ?? "" }));
}

function namesOf(parts: Parts): StackRemoval {
  const names = (list: readonly Part[]) => list.map(({ name }) => name).sort();
  return {
    services: names(parts.services),
    networks: names(parts.networks),
    secrets: names(parts.secrets),
    configs: names(parts.configs),
  };
}

/** Scales every replicated service of the stack to 0. Answers which ones cannot be stopped like that. */
export async function stopStack(
  ctx: ActionContext,
  tables: StacksTables,
  caller: Caller,
  stack: string,
  input: { readonly confirm?: string },
): Promise<readonly string[]> {
  const services = servicesOf(ctx, stack);
  const own = services.find(({ id }) => id === ctx.self()?.serviceId);
  requireConfirm(own ? selfServiceWarning(own, ctx.self(), "scale") : null, stack, input.confirm);
  const sentences: string[] = [];
  for (const { id, name, mode, replicas } of services) {
    if (mode !== "replicated")
      sentences.push(t("deploy.stop.stays", { name, mode: t(`actions.mode.${mode}`) }));
    else if ((replicas ?? 0) > 0) {
      // Written down first: what is scaled to 0 must be known how to bring back.
      tables.stop({ cluster: ctx.clusterId, stack, serviceId: id, replicas: replicas ?? 1 });
      await scaleService(ctx, caller, id, { replicas: 0, confirm: name });
    }
  }
  return sentences;
}

/** Scales services that were stopped to what they had; one that somebody has scaled meanwhile stays. */
export async function startStack(
  ctx: ActionContext,
  tables: StacksTables,
  caller: Caller,
  stack: string,
): Promise<readonly string[]> {
  const services = servicesOf(ctx, stack);
  const stopped = new Map(
    tables.stopped(ctx.clusterId, stack).map(({ serviceId, replicas }) => [serviceId, replicas]),
  );
  if (stopped.size === 0) throw new AppError("already_done", t("deploy.start.nothing", { stack }));
  const sentences: string[] = [];
  for (const { id, replicas } of services) {
    const before = stopped.get(id);
    if (before !== undefined && replicas === 0) {
      const { warnings } = await scaleService(ctx, caller, id, { replicas: before });
      sentences.push(...warnings);
    }
  }
  for (const id of stopped.keys()) tables.started(ctx.clusterId, id);
  return sentences;
}

function servicesOf(ctx: ActionContext, stack: string) {
  const services = Object.values(ctx.model().services).filter((service) => service.stack === stack);
  if (services.length === 0)
    throw new AppError("not_found", t("resources.noStack", { name: stack.slice(0, 100) }));
  return services;
}
