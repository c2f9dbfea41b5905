import { compareNatural } from "../natural-order.ts";
import type { ClusterModel, NodeView, ServiceView, TaskView } from "./types.ts";

/** The model seen from its services and nodes. Lists are in screen order; absent key: no tasks. */
export interface ModelIndex {
  readonly tasksByService: ReadonlyMap<string, readonly TaskView[]>;
  readonly tasksByNode: ReadonlyMap<string, readonly TaskView[]>;
  readonly tasksWithoutNode: readonly TaskView[];
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

/** The last collection that was indexed: the next one differs from it by a few tasks. */
let last: WeakRef<ClusterModel["tasks"]> | null = null;

/**
 * Tasks by service and by node; made once per tasks collection, however often it is asked for. Lists of services and nodes
 * whose tasks are the same as in the collection before are the same lists.
 */
export function indexModel(model: Pick<ClusterModel, "tasks">): ModelIndex {
  const known = indexes.get(model.tasks);
  if (known) return known;
  const before = last?.deref();
  const old = before && indexes.get(before);
  const index = (before && old && changedIndex(before, old, model.tasks)) ?? freshIndex(model.tasks);
  indexes.set(model.tasks, index);
  last = new WeakRef(model.tasks);
  return index;
}

function freshIndex(tasks: ClusterModel["tasks"]): ModelIndex {
  const tasksByService = new Map<string, TaskView[]>();
  const tasksByNode = new Map<string, TaskView[]>();
  const tasksWithoutNode: TaskView[] = [];
  for (const task of Object.values(tasks).sort(bySlot)) {
    push(tasksByService, task.serviceId, task);
    if (task.nodeId === null) tasksWithoutNode.push(task);
    else push(tasksByNode, task.nodeId, task);
  }
  return { tasksByService, tasksByNode, tasksWithoutNode };
}

/** The index after a few changes; null: so much has changed that a new one is as cheap. */
function changedIndex(
  before: ClusterModel["tasks"],
  old: ModelIndex,
  tasks: ClusterModel["tasks"],
): ModelIndex | null {
  const come: TaskView[] = [];
  const gone: TaskView[] = [];
  let kept = 0;
  let all = 0;
  for (const id in tasks) {
    all += 1;
    const [was, is] = [ownOf(before, id), tasks[id]];
    if (was !== undefined) kept += 1;
    if (is === undefined || was === is) continue;
    come.push(is);
    if (was !== undefined) gone.push(was);
  }
  if (come.length * 4 > all) return null;
  // A task that is nowhere any more is looked for only when there is one.
  if (kept < Object.keys(before).length)
    for (const id in before) {
      const was = before[id];
      if (was !== undefined && ownOf(tasks, id) === undefined) gone.push(was);
    }
  return {
    tasksByService: changedLists(old.tasksByService, come, gone, ({ serviceId }) => serviceId),
    tasksByNode: changedLists(old.tasksByNode, come, gone, ({ nodeId }) => nodeId),
    tasksWithoutNode: changedList(old.tasksWithoutNode, come, gone, ({ nodeId }) => nodeId === null),
  };
}

/** Ids come from engines. */
function ownOf(tasks: ClusterModel["tasks"], id: string): TaskView | undefined {
  return Object.hasOwn(tasks, id) ? tasks[id] : undefined;
}

function changedList(
  old: readonly TaskView[],
  come: readonly TaskView[],
  gone: readonly TaskView[],
  belongs: (task: TaskView) => boolean,
): readonly TaskView[] {
  const without = new Set(gone.filter(belongs));
  const added = come.filter(belongs);
  if (without.size === 0 && added.length === 0) return old;
  return [...old.filter((task) => !without.has(task)), ...added].sort(bySlot);
}

function changedLists(
  old: ReadonlyMap<string, readonly TaskView[]>,
  come: readonly TaskView[],
  gone: readonly TaskView[],
  keyOf: (task: TaskView) => string | null,
): ReadonlyMap<string, readonly TaskView[]> {
  if (come.length === 0 && gone.length === 0) return old;
  const lists = new Map(old);
  for (const key of new Set([...come, ...gone].map(keyOf))) {
    if (key === null) continue;
    const list = changedList(old.get(key) ?? [], come, gone, (task) => keyOf(task) === key);
    if (list.length === 0) lists.delete(key);
    else lists.set(key, list);
  }
  return lists;
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
