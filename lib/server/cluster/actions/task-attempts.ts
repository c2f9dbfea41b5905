import { timeOf, timeOrNull } from "#lib/server/docker/hostile.ts";
import { isOver, isUpToDate, mapTask, placeOf, slotOf, stateOf } from "#lib/server/docker/map-task.ts";
import type { WireService, WireTask } from "#lib/server/docker/wire.ts";
import type { WireContainerInspect } from "#lib/server/docker/wire-container.ts";
import type { TaskAttempt } from "#lib/shared/api/types.ts";
import { isAppError } from "#lib/shared/errors.ts";
import type { TaskState } from "#lib/shared/model/types.ts";
import type { ActionContext } from "./context.ts";

/** Containers looked at for their running time, newest tasks first; the rest say null. */
const mostInspected = 40;
const inspectTimeoutMs = 2_000;

const failedStates: readonly TaskState[] = ["failed", "rejected"];

/** Every task of one service, newest first, with how long it ran where its engine is linked and still knows. */
export async function mapAttempts(
  ctx: ActionContext,
  tasks: readonly WireTask[],
  service: WireService,
): Promise<readonly TaskAttempt[]> {
  const newestFirst = [...tasks].sort((a, b) => timeOf(b.CreatedAt) - timeOf(a.CreatedAt));
  const places = Map.groupBy(tasks, (task) => placeOf(task, service));
  const ran = await runningTimes(ctx, newestFirst);
  const { nodes, tasks: known } = ctx.model();
  return newestFirst.flatMap((task) => {
    const failures = (places.get(placeOf(task, service)) ?? []).filter((each) =>
      failedStates.includes(stateOf(each)),
    );
    const times = failures.map((each) => timeOf(each.Status?.Timestamp)).filter((time) => time > 0);
    const over = isOver(stateOf(task));
    const view = mapTask(task, {
      slot: slotOf(task, service),
      health: over ? "none" : (known[task.ID ?? ""]?.health ?? "unseen"),
      upToDate: isUpToDate(task, service),
      failures: failures.length,
      failuresSince: times.length > 0 ? Math.min(...times) : null,
    });
    if (view === null) return [];
    const nodeName = view.nodeId === null ? null : (nodes[view.nodeId]?.name ?? null);
    return [{ ...view, nodeName, ranMs: ran.get(view.id) ?? null }];
  });
}

/** The swarm does not keep when a task's container started: its own engine does. */
async function runningTimes(
  ctx: ActionContext,
  tasks: readonly WireTask[],
): Promise<ReadonlyMap<string, number>> {
  const ended = tasks.filter((task) => isOver(stateOf(task)) && task.Status?.ContainerStatus?.ContainerID);
  const times = await Promise.all(
    ended.slice(0, mostInspected).map(async (task) => [task.ID ?? "", await ranMs(ctx, task)] as const),
  );
  return new Map(times.filter((entry): entry is readonly [string, number] => entry[1] !== null));
}

async function ranMs(ctx: ActionContext, task: WireTask): Promise<number | null> {
  const engine = ctx.engineOfNode(task.NodeID ?? "");
  const container = task.Status?.ContainerStatus?.ContainerID ?? "";
  if (engine === null) return null;
  try {
    const path = `/containers/${encodeURIComponent(container)}/json`;
    const { State: state } = await engine.get<WireContainerInspect>(path, { timeoutMs: inspectTimeoutMs });
    const startedAt = timeOrNull(state?.StartedAt);
    const finishedAt = timeOrNull(state?.FinishedAt);
    return startedAt === null || finishedAt === null || finishedAt < startedAt
      ? null
      : finishedAt - startedAt;
  } catch (error) {
    // Removed with its task's history, or the engine is away: the time is not known then.
    if (isAppError(error)) return null;
    throw error;
  }
}
