import type { ListAnswer, NodeFreshness } from "#lib/shared/api/types.ts";
import type { ClusterModel, NodeView, ServiceView, TaskView } from "#lib/shared/model/types.ts";

/** Filters of a list; each matches an id or a name exactly, `state` the entity's own state. */
export interface ListQuery {
  readonly stack?: string;
  readonly service?: string;
  readonly node?: string;
  readonly state?: string;
}

const is = (wanted: string | undefined, ...values: (string | null | undefined)[]) =>
  wanted === undefined || values.includes(wanted);

function freshness(model: ClusterModel): readonly NodeFreshness[] {
  const now = Date.now();
  return model.info.links.map((link) => ({
    id: link.nodeId ?? link.id,
    name: link.nodeName ?? link.target,
    ok: link.ok,
    error: link.error,
    ageMs: link.lastOkAt === null ? -1 : Math.max(0, now - link.lastOkAt),
  }));
}

function answer<T>(model: ClusterModel, items: T[]): ListAnswer<T> {
  return { items, nodes: freshness(model) };
}

function matchesTask(model: ClusterModel, task: TaskView, query: ListQuery): boolean {
  const service = model.services[task.serviceId];
  const node = task.nodeId === null ? undefined : model.nodes[task.nodeId];
  return (
    is(query.state, task.state) &&
    is(query.stack, service?.stack) &&
    is(query.service, task.serviceId, service?.name) &&
    is(query.node, task.nodeId, node?.name)
  );
}

function tasksWhere(model: ClusterModel, query: ListQuery): TaskView[] {
  return Object.values(model.tasks).filter((task) => matchesTask(model, task, query));
}

/** More than this a page cannot show; the newest are kept. */
const mostEarlier = 5_000;

/** Tasks of now, then those of `earlier` that are not among them, that match every given filter. */
export function listTasks(
  model: ClusterModel,
  query: ListQuery,
  earlier: readonly TaskView[] = [],
): ListAnswer<TaskView> {
  const over = earlier.filter((task) => model.tasks[task.id] === undefined);
  const known = over.filter((task) => matchesTask(model, task, query)).slice(0, mostEarlier);
  return answer(model, [...tasksWhere(model, query), ...known]);
}

/** Nodes; with `service` or `stack`, those that run a task of it. */
export function listNodes(model: ClusterModel, query: ListQuery): ListAnswer<NodeView> {
  const byTasks = query.service !== undefined || query.stack !== undefined;
  const running = byTasks && new Set(tasksWhere(model, { ...query, state: undefined }).map((t) => t.nodeId));
  return answer(
    model,
    Object.values(model.nodes).filter(
      (node) =>
        is(query.node, node.id, node.name) &&
        is(query.state, node.state) &&
        (!running || running.has(node.id)),
    ),
  );
}

/** Services; with `node` or `state`, those that have a task there or in that state. */
export function listServices(model: ClusterModel, query: ListQuery): ListAnswer<ServiceView> {
  const byTasks = query.node !== undefined || query.state !== undefined;
  const having = byTasks && new Set(tasksWhere(model, query).map((task) => task.serviceId));
  return answer(
    model,
    Object.values(model.services).filter(
      (service) =>
        is(query.stack, service.stack) &&
        is(query.service, service.id, service.name) &&
        (!having || having.has(service.id)),
    ),
  );
}
