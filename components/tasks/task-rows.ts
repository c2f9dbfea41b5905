import { taskName } from "#lib/shared/map/map-task.ts";
import type { ClusterModel, ServiceView, TaskView } from "#lib/shared/model/types.ts";
import { compareLinesByService, isLoud, type TaskLine, taskLine } from "./task-lines.ts";

/** A task as the table of all tasks shows it. */
export interface TaskRow {
  readonly line: TaskLine;
  /** Undefined: its service was removed a moment ago. */
  readonly service: ServiceView | undefined;
  /** "api.3", without the stack in front. */
  readonly name: string;
}

/**
 * Tasks of now, trouble first. `earlier` ones that are not among them, newest first, come before what just runs: who asks
 * for them wants to see them.
 */
export function taskRows(model: ClusterModel, earlier: readonly TaskView[]): readonly TaskRow[] {
  const row = (line: TaskLine): TaskRow => {
    const service = model.services[line.task.serviceId];
    return { line, service, name: taskName({ task: line.task, service }, true) };
  };
  const now = Object.values(model.tasks)
    .map((task) => taskLine(model, task))
    .sort(compareLinesByService(model.services));
  const over = earlier
    .filter((task) => model.tasks[task.id] === undefined && model.services[task.serviceId])
    .map((task) => taskLine(model, task))
    .sort((a, b) => b.task.since - a.task.since);
  const loud = now.filter(isLoud).length;
  return [...now.slice(0, loud), ...over, ...now.slice(loud)].map(row);
}
