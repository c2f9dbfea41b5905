import { isOver, stateOf } from "#lib/server/docker/map-task.ts";
import type { WireService, WireTask } from "#lib/server/docker/wire.ts";

/**
 * True when nothing of a service is on its way to another state: then only an event or somebody's change can move
 * it. Tasks on dead nodes stay between states for ever, so the caller also stops looking after a while.
 */
export function isSettled(tasks: readonly WireTask[], service: WireService | undefined): boolean {
  const update = service?.UpdateStatus?.State;
  if (update === "updating" || update === "rollback_started") return false;
  if (!tasks.every(isAtRest)) return false;
  const wanted = service?.ServiceStatus?.DesiredTasks;
  if (wanted === undefined || service?.Spec?.Mode?.ReplicatedJob || service?.Spec?.Mode?.GlobalJob)
    return true;
  return tasks.filter((task) => task.DesiredState === "running").length === wanted;
}

function isAtRest(task: WireTask): boolean {
  const state = stateOf(task);
  if (isOver(state)) return true;
  return state === "running" && task.DesiredState === "running";
}
