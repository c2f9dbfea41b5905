import { isOver, stateOf } from "#lib/server/docker/map-task.ts";
import type { WireService, WireTask } from "#lib/server/docker/wire.ts";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { killOutcome } from "#lib/shared/kill-outcome.ts";
import { requireConfirm } from "./confirm.ts";
import type { ActionContext } from "./context.ts";
import { notFound, objectPath } from "./object-ref.ts";
import { patiently } from "./patience.ts";
import { selfServiceWarning } from "./self.ts";
import { serviceView } from "./service-writes.ts";

/**
 * Kills the container of one task on its own engine; swarm then does what the warning says. Never repeated: a
 * second kill could hit nothing but the person's trust. Throws node_not_linked where there is no link.
 */
export async function killTask(
  ctx: ActionContext,
  id: string,
  input: { readonly confirm?: string },
): Promise<WriteAnswer<never>> {
  const task = await readTask(ctx, id);
  const state = stateOf(task);
  if (isOver(state)) throw new AppError("already_done", t("actions.error.killOver", { state }));
  const nodeId = task.NodeID ?? "";
  if (nodeId === "") throw new AppError("already_done", t("actions.error.killNoNode"));
  const container = task.Status?.ContainerStatus?.ContainerID ?? "";
  if (container === "") throw new AppError("already_done", t("actions.error.killNotStarted"));
  const engine = ctx.engineOfNode(nodeId);
  if (engine === null) {
    const name = ctx.model().nodes[nodeId]?.name ?? nodeId;
    throw new AppError("node_not_linked", t("actions.error.killUnlinked", { name }));
  }
  const service = await readService(ctx, task.ServiceID ?? "");
  const isSelf = ctx.self()?.taskId === id;
  if (service && isSelf) {
    requireConfirm(selfServiceWarning(service, ctx.self(), "kill"), service.name, input.confirm);
  }
  await engine.send("POST", `/containers/${encodeURIComponent(container)}/kill`);
  ctx.changed({ services: [task.ServiceID ?? ""] });
  return { item: null, warnings: service ? [say(t, killOutcome(service))] : [] };
}

async function readTask(ctx: ActionContext, id: string): Promise<WireTask> {
  const path = objectPath("task", id);
  try {
    const task = await patiently(ctx, () => ctx.manager().get<WireTask>(path));
    // Docker also answers to the start of an id.
    if (task.ID === id) return task;
  } catch (error) {
    if (!isAppError(error) || error.code !== "not_found") throw error;
  }
  throw notFound("task", id);
}

async function readService(ctx: ActionContext, id: string) {
  try {
    return serviceView(ctx, await ctx.manager().get<WireService>(objectPath("service", id)));
  } catch (error) {
    // The service was just removed; its tasks may live a moment longer.
    if (isAppError(error) && error.code === "not_found") return null;
    throw error;
  }
}
