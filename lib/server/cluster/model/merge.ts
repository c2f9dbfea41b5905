import type { ClusterModel, NodeView, ServiceView, TaskView } from "#lib/shared/model/types.ts";
import { shareAll, shareSome } from "./share.ts";

/** All nodes were read at `now`. Keeps when a state was first seen; a node seen for the first time has no such time. */
export function mergeNodes(model: ClusterModel, read: readonly NodeView[], now: number): ClusterModel {
  const nodes = shareAll(
    model.nodes,
    read.map((node) => ({ ...node, stateSince: stateSince(model.nodes[node.id], node, now) })),
  );
  return nodes === model.nodes ? model : { ...model, nodes };
}

function stateSince(before: NodeView | undefined, after: NodeView, now: number): number | null {
  if (before === undefined) return null;
  return before.state === after.state ? before.stateSince : now;
}

/** Some services were read again; those that are `gone` no longer exist, nor do their tasks. */
export function mergeServices(
  model: ClusterModel,
  gone: readonly string[],
  read: readonly ServiceView[],
): ClusterModel {
  const services = shareSome(model.services, gone, read);
  const tasks = withoutServices(model.tasks, new Set(gone));
  return services === model.services && tasks === model.tasks ? model : { ...model, services, tasks };
}

/** All tasks that screens show of these services were read: one walk and one copy, however many services they are. */
export function mergeTasks(
  model: ClusterModel,
  readByService: ReadonlyMap<string, readonly TaskView[]>,
): ClusterModel {
  const read = [...readByService.values()].flat();
  const present = new Set(read.map((task) => task.id));
  const gone: string[] = [];
  for (const id in model.tasks) {
    const task = model.tasks[id];
    if (task && readByService.has(task.serviceId) && !present.has(id)) gone.push(id);
  }
  const tasks = shareSome(model.tasks, gone, read);
  return tasks === model.tasks ? model : { ...model, tasks };
}

function withoutServices(
  tasks: ClusterModel["tasks"],
  gone: ReadonlySet<string>,
): Readonly<Record<string, TaskView>> {
  if (gone.size === 0) return tasks;
  const ids = Object.values(tasks).flatMap((task) => (gone.has(task.serviceId) ? [task.id] : []));
  return shareSome(tasks, ids, []);
}
