import { shortName } from "../model/index-model.ts";
import { type TaskCondition, taskCondition } from "../model/task-state.ts";
import type { NodeView, ServiceView, TaskView } from "../model/types.ts";

/** A task as the map shows it. The same object as long as the task, its service and its node do not change. */
export interface MapTask {
  readonly task: TaskView;
  /** Undefined: its service was removed a moment ago. */
  readonly service: ServiceView | undefined;
  /** Undefined: it has no node, or its node left the swarm. */
  readonly node: NodeView | undefined;
  readonly condition: TaskCondition;
}

const known = new WeakMap<TaskView, MapTask>();

/** The task with what surrounds it. */
export function mapTask(
  task: TaskView,
  service: ServiceView | undefined,
  node: NodeView | undefined,
): MapTask {
  const before = known.get(task);
  if (before && before.service === service && before.node === node) return before;
  const made = { task, service, node, condition: taskCondition(task, node) };
  known.set(task, made);
  return made;
}

/** "web_api.3", or "web_agent" for a global task; without its stack when `short`. */
export function taskName({ task, service }: Pick<MapTask, "task" | "service">, short = false): string {
  const name =
    service === undefined ? task.serviceId.slice(0, 12) : short ? shortName(service) : service.name;
  return task.slot === null || task.slot === 0 ? name : `${name}.${task.slot}`;
}

/** Broken, unhealthy or of unknown fate: gets room and words (look.md §1). */
export function isTrouble({ condition }: MapTask): boolean {
  return condition.kind === "failed" || condition.kind === "rejected" || condition.kind === "unhealthy";
}
