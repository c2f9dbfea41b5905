import { taskName } from "#lib/shared/map/map-task.ts";
import { indexModel } from "#lib/shared/model/index-model.ts";
import type { ClusterModel, ServiceView, TaskView } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { isLoud, lineOrder, type TaskLine, taskLine } from "./task-lines.ts";

/** A task as the table of all tasks shows it. */
export interface TaskRow {
  readonly line: TaskLine;
  /** Undefined: its service was removed a moment ago. */
  readonly service: ServiceView | undefined;
  /** "api.3", without the stack in front. */
  readonly name: string;
}

const rowOfLine = new WeakMap<TaskLine, TaskRow>();

/** The row of a line; the same object for the same line, which knows its service. */
function taskRow(line: TaskLine, service: ServiceView | undefined): TaskRow {
  const known = rowOfLine.get(line);
  if (known) return known;
  const row = { line, service, name: taskName({ task: line.task, service }, true) };
  rowOfLine.set(line, row);
  return row;
}

/**
 * Tasks of now, trouble first. `earlier` ones that are not among them, newest first, come before what just runs: who asks
 * for them wants to see them.
 */
export function taskRows(model: ClusterModel, earlier: readonly TaskView[]): readonly TaskRow[] {
  const row = (line: TaskLine) => taskRow(line, model.services[line.task.serviceId]);
  const groups = groupsOfNow(model);
  const over = earlier
    .filter((task) => model.tasks[task.id] === undefined && model.services[task.serviceId])
    .map((task) => taskLine(model, task))
    .sort((a, b) => b.task.since - a.task.since);
  const loud = groups.filter(([line]) => line && isLoud(line)).flat();
  const calm = groups.filter(([line]) => line && !isLoud(line)).flat();
  return [...loud, ...over, ...calm].map(row);
}

/**
 * Tasks of now by `lineOrder`, and in each group service by service. The index keeps the tasks of a service in order, so that
 * nothing is sorted here but the names of services: with 20,000 tasks a change costs milliseconds.
 */
function groupsOfNow(model: ClusterModel): readonly (readonly TaskLine[])[] {
  const groups: TaskLine[][] = [];
  const { tasksByService } = indexModel(model);
  const name = (id: string) => model.services[id]?.name ?? id;
  const named = [...tasksByService].map(([id, tasks]) => ({ name: name(id), tasks }));
  for (const { tasks } of named.sort((a, b) => compareNatural(a.name, b.name))) {
    for (const task of tasks) {
      const line = taskLine(model, task);
      const order = lineOrder(line);
      groups[order] ??= [];
      groups[order].push(line);
    }
  }
  return groups.filter(Boolean);
}
