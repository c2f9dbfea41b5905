import { compareNatural } from "../natural-order.ts";
import { isTrouble, type MapTask } from "./map-task.ts";

function rank(item: MapTask): number {
  if (!isTrouble(item)) return 2;
  return item.condition.kind === "unhealthy" ? 1 : 0;
}

/** Trouble first, then stack, service, slot: so a service stays together. Newer attempts of a slot come first. */
export function compareTasks(a: MapTask, b: MapTask): number {
  return (
    rank(a) - rank(b) ||
    compareNatural(a.service?.stack ?? "", b.service?.stack ?? "") ||
    compareNatural(a.service?.name ?? "", b.service?.name ?? "") ||
    compareNatural(a.task.serviceId, b.task.serviceId) ||
    (a.task.slot ?? 0) - (b.task.slot ?? 0) ||
    b.task.createdAt - a.task.createdAt ||
    compareNatural(a.task.id, b.task.id)
  );
}

const ordered = new WeakMap<
  object,
  { readonly tasks: readonly MapTask[]; readonly inOrder: readonly MapTask[] }
>();

/** The tasks of one node in the order of the map. The same list as the last time for `of` while the tasks are the same. */
export function orderTasks(tasks: readonly MapTask[], of: object): readonly MapTask[] {
  const before = ordered.get(of);
  if (before && before.tasks.length === tasks.length && tasks.every((task, at) => task === before.tasks[at]))
    return before.inOrder;
  const inOrder = [...tasks].sort(compareTasks);
  ordered.set(of, { tasks, inOrder });
  return inOrder;
}

/** The tasks of one service on one node. */
export interface School {
  readonly serviceId: string;
  readonly tasks: readonly MapTask[];
}

/** Ordered tasks as one school per service, in the order of each one's first task. */
export function schoolsOf(ordered: readonly MapTask[]): readonly School[] {
  const schools = new Map<string, MapTask[]>();
  for (const item of ordered) {
    const school = schools.get(item.task.serviceId);
    if (school) school.push(item);
    else schools.set(item.task.serviceId, [item]);
  }
  return [...schools].map(([serviceId, tasks]) => ({ serviceId, tasks }));
}
