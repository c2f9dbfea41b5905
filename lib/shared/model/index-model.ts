import { compareNatural } from "../natural-order.ts";
import type { ClusterModel, NodeView, ServiceView, TaskView } from "./types.ts";

/** The model seen from its services and nodes. Lists are in screen order; absent key: no tasks. */
export interface ModelIndex {
  readonly tasksByService: ReadonlyMap<string, readonly TaskView[]>;
  readonly tasksByNode: ReadonlyMap<string, readonly TaskView[]>;
}

const indexes = new WeakMap<ClusterModel["tasks"], ModelIndex>();

function push(map: Map<string, TaskView[]>, key: string, task: TaskView): void {
  const list = map.get(key);
  if (list) list.push(task);
  else map.set(key, [task]);
}

/** Slot first, then the newer attempt first. */
function bySlot(a: TaskView, b: TaskView): number {
  return (a.slot ?? 0) - (b.slot ?? 0) || b.createdAt - a.createdAt || compareNatural(a.id, b.id);
}

/** Tasks by service and by node; made once per tasks collection, however often it is asked for. */
export function indexModel(model: Pick<ClusterModel, "tasks">): ModelIndex {
  const known = indexes.get(model.tasks);
  if (known) return known;
  const tasksByService = new Map<string, TaskView[]>();
  const tasksByNode = new Map<string, TaskView[]>();
  for (const task of Object.values(model.tasks).sort(bySlot)) {
    push(tasksByService, task.serviceId, task);
    if (task.nodeId !== null) push(tasksByNode, task.nodeId, task);
  }
  const index = { tasksByService, tasksByNode };
  indexes.set(model.tasks, index);
  return index;
}

const nodeOrders = new WeakMap<ClusterModel["nodes"], readonly NodeView[]>();

/** Nodes, managers first, then by name in natural order. */
export function orderedNodes(nodes: ClusterModel["nodes"]): readonly NodeView[] {
  const known = nodeOrders.get(nodes);
  if (known) return known;
  const rank = (node: NodeView) => (node.role === "manager" ? 0 : 1);
  const ordered = Object.values(nodes).sort(
    (a, b) => rank(a) - rank(b) || compareNatural(a.name, b.name) || compareNatural(a.id, b.id),
  );
  nodeOrders.set(nodes, ordered);
  return ordered;
}

/** A service's name without its stack: web_api of stack web is "api". */
export function shortName(service: Pick<ServiceView, "name" | "stack">): string {
  const { name, stack } = service;
  const prefix = `${stack}_`;
  return stack !== null && name.startsWith(prefix) && name.length > prefix.length
    ? name.slice(prefix.length)
    : name;
}

/** The short name where no other service has the same one, else the whole name: for places without a stack nearby. */
export function clearName(services: ClusterModel["services"], service: ServiceView): string {
  const short = shortName(service);
  const isTaken = Object.values(services).some((each) => each.id !== service.id && shortName(each) === short);
  return isTaken ? service.name : short;
}
