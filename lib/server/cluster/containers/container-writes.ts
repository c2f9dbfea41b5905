import type { ContainerActionInput, ContainerRef } from "#lib/server/container-types.ts";
import { causeOf } from "#lib/server/docker/errors.ts";
import type { WireContainer } from "#lib/server/docker/wire.ts";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import type { ContainerAction } from "#lib/shared/containers/api-types.ts";
import { swarmOutcome } from "#lib/shared/containers/outcome.ts";
import type { ContainerView } from "#lib/shared/containers/types.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { requireConfirm } from "../actions/confirm.ts";
import type { LinkedNode } from "../nodes/node-engines.ts";
import type { ContainerContext } from "./context.ts";
import { type FoundContainer, findContainer } from "./find-container.ts";
import { isShoalContainer } from "./rows.ts";

/** How long Docker waits by itself before it kills, s. */
const defaultStopSeconds = 10;
/** What an engine may need beside that wait, ms. */
const spareMs = 30_000;

/** Does one of the simple actions, once. Throws already_done where there is nothing to do. */
export async function actOnContainer(
  ctx: ContainerContext,
  target: ContainerRef,
  input: ContainerActionInput,
): Promise<WriteAnswer<ContainerView>> {
  const found = await findContainer(ctx, target);
  const { action } = input;
  const done = alreadyDone(found, action);
  if (done !== null) throw done;
  // A start or a wake-up hurts nobody.
  if (action !== "start" && action !== "unpause") requireConsent(ctx, found, action, input.confirm);
  const warnings = warningsFor(ctx, found, action);
  await send(found, action, input);
  return finish(ctx, found, warnings);
}

/** Gives a container another name. */
export async function renameContainer(
  ctx: ContainerContext,
  target: ContainerRef,
  input: { readonly name: string; readonly confirm?: string | undefined },
): Promise<WriteAnswer<ContainerView>> {
  const found = await findContainer(ctx, target);
  const { node, id, name } = found;
  if (name === input.name) throw new AppError("already_done", t("containers.error.sameName", { name }));
  requireConsent(ctx, found, "rename", input.confirm);
  await node.engine.send("POST", `/containers/${id}/rename`, {
    query: { name: input.name },
    signal: node.signal,
  });
  const { serviceId } = rowOf(ctx, found);
  return finish(ctx, found, serviceId === null ? [] : [t("containers.swarm.rename")]);
}

/** Removes a container; one that runs only with `force`, which kills it. */
export async function removeContainer(
  ctx: ContainerContext,
  target: ContainerRef,
  input: { readonly force: boolean; readonly volumes: boolean; readonly confirm?: string | undefined },
): Promise<void> {
  const found = await findContainer(ctx, target);
  const { node, id, name } = found;
  if (isAlive(found) && !input.force) {
    throw new AppError("refused_by_engine", t("containers.error.removeRunning", { name }));
  }
  requireConsent(ctx, found, "remove", input.confirm);
  await node.engine.send("DELETE", `/containers/${id}`, {
    query: { force: input.force, v: input.volumes },
    signal: node.signal,
    timeoutMs: 2 * spareMs,
  });
  await finish(ctx, found, []);
}

async function send(found: FoundContainer, action: ContainerAction, input: ContainerActionInput) {
  const { node, id } = found;
  const waits = action === "stop" || action === "restart";
  const seconds = input.timeout ?? found.value.Config?.StopTimeout ?? defaultStopSeconds;
  const query = {
    ...(waits && input.timeout !== undefined && { t: input.timeout }),
    ...(action === "kill" && input.signal !== undefined && { signal: input.signal }),
  };
  const path = `/containers/${id}/${action}`;
  try {
    await node.engine.send("POST", path, {
      query,
      signal: node.signal,
      timeoutMs: spareMs + (waits ? seconds * 1000 : 0),
    });
  } catch (error) {
    // Somebody else did it between our look and our call.
    if (causeOf(error)?.status !== 304) throw error;
    throw new AppError("already_done", t(`containers.error.done.${action}`, { name: found.name }));
  }
}

function isAlive({ value }: FoundContainer): boolean {
  return value.State?.Running === true || value.State?.Restarting === true;
}

/** What makes an action pointless, told better than the engine would. */
function alreadyDone(found: FoundContainer, action: ContainerAction): AppError | null {
  const { name } = found;
  const done = () => new AppError("already_done", t(`containers.error.done.${action}`, { name }));
  const paused = found.value.State?.Paused === true;
  switch (action) {
    case "start":
      if (paused) return new AppError("already_done", t("containers.error.paused", { name }));
      return isAlive(found) ? done() : null;
    case "stop":
    case "kill":
      return isAlive(found) ? null : done();
    case "pause":
      if (paused) return done();
      return isAlive(found) ? null : new AppError("already_done", t("containers.error.notRunning", { name }));
    case "unpause":
      return paused ? null : done();
    case "restart":
      return null;
  }
}

/** Shoal itself and its agents are touched only by somebody who typed the name. Throws confirmation_needed. */
function requireConsent(
  ctx: ContainerContext,
  found: FoundContainer,
  action: ContainerAction | "remove" | "rename",
  confirm: string | undefined,
): void {
  requireConfirm(selfWarning(ctx, found, action), found.name, confirm);
}

/** What an action on Shoal's own container, or on one of its agents, does to this page; null for any other. */
export function selfWarning(
  ctx: ContainerContext,
  found: FoundContainer,
  action: ContainerAction | "remove" | "rename",
): string | null {
  const { id, name, node, value } = found;
  const self = ctx.self();
  const Labels = value.Config?.Labels ?? null;
  if (!isShoalContainer({ Id: id, ImageID: value.Image ?? "", Labels }, self)) return null;
  if (action === "rename") return t("containers.self.rename", { name });
  if (self?.containerId === id) return t("containers.self.server", { name });
  return t("containers.self.agent", { name, node: node.name });
}

function warningsFor(ctx: ContainerContext, found: FoundContainer, action: ContainerAction): string[] {
  const row = rowOf(ctx, found);
  const service = ctx.model().services[row.serviceId ?? ""];
  return swarmOutcome(row, service, action).map((phrase) => say(t, phrase));
}

/** The service a container belongs to, from the engine itself: the list may be a moment behind. */
function rowOf(_ctx: ContainerContext, { value }: FoundContainer) {
  const labels = value.Config?.Labels ?? {};
  return {
    serviceId: labels["com.docker.swarm.service.id"] ?? null,
    serviceName: labels["com.docker.swarm.service.name"] ?? null,
    state: value.State?.Running === true ? ("running" as const) : ("exited" as const),
  };
}

/** Puts the changed row into the list at once, instead of when the engine's event has come. */
async function finish(
  ctx: ContainerContext,
  found: FoundContainer,
  warnings: readonly string[],
): Promise<WriteAnswer<ContainerView>> {
  const { serviceId } = rowOf(ctx, found);
  if (serviceId !== null) ctx.serviceChanged(serviceId);
  return { item: await rereadRow(ctx, found.node, found.id), warnings };
}

/** The row of one container as it is now; null: it is gone, or its engine does not say. */
export async function rereadRow(
  ctx: ContainerContext,
  node: LinkedNode,
  id: string,
): Promise<ContainerView | null> {
  try {
    const rows = await node.engine.get<WireContainer[] | null>("/containers/json", {
      query: { all: true, filters: { id: [id] } },
      signal: node.signal,
    });
    ctx.table.readOne(node, id, rows?.find((row) => row.Id === id) ?? null);
  } catch (error) {
    // The change itself worked; the list hears of it by its own means.
    if (!isAppError(error)) throw error;
  }
  return ctx.table.rows()[id] ?? null;
}
