import type { MapTask } from "#lib/shared/map/map-task.ts";

/** Are these the same tasks, unchanged? Entities keep their identity as long as nothing about them changes. */
export function sameTasks(a: readonly MapTask[], b: readonly MapTask[]): boolean {
  return a === b || (a.length === b.length && a.every((task, i) => task === b[i]));
}
