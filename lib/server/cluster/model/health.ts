import type { ClusterModel, ServiceView, TaskHealth, TaskState, TaskView } from "#lib/shared/model/types.ts";
import { shareSome } from "./share.ts";

/** What the engines we are linked to say about the containers of tasks. */
export interface HealthFacts {
  /** Nodes whose engine we hear. */
  readonly linkedNodes: ReadonlySet<string>;
  /** As its engine said last; undefined where nobody can say. */
  of(task: Pick<TaskView, "id" | "nodeId">): TaskHealth | undefined;
}

const withContainer: ReadonlySet<TaskState> = new Set(["starting", "running"]);
const endedByItself: ReadonlySet<TaskState> = new Set(["complete", "failed"]);

/**
 * Health of a task: what its engine says; `unseen` where nobody can say; `none` without a check or without a
 * container that runs. A task that was unhealthy when it ended stays so: swarm stopped it for that and forgets why.
 */
export function healthOf(
  task: Pick<TaskView, "id" | "state" | "nodeId">,
  service: Pick<ServiceView, "healthcheck"> | undefined,
  facts: HealthFacts,
): TaskHealth {
  if (endedByItself.has(task.state) && facts.of(task) === "unhealthy") return "unhealthy";
  if (!withContainer.has(task.state) || service?.healthcheck === false) return "none";
  const linked = task.nodeId !== null && facts.linkedNodes.has(task.nodeId);
  if (!linked) return "unseen";
  return facts.of(task) ?? (task.state === "starting" ? "starting" : "unseen");
}

/** The model with the health of its tasks (all, those of a node, or one) as it is known now. */
export function withHealth(
  model: ClusterModel,
  facts: HealthFacts,
  only: { readonly nodeId?: string; readonly taskId?: string } = {},
): ClusterModel {
  const changed: TaskView[] = [];
  const look = (task: TaskView | undefined) => {
    if (task === undefined || (only.nodeId !== undefined && task.nodeId !== only.nodeId)) return;
    const health = healthOf(task, model.services[task.serviceId], facts);
    if (health !== task.health) changed.push({ ...task, health });
  };
  if (only.taskId !== undefined) look(model.tasks[only.taskId]);
  else for (const id in model.tasks) look(model.tasks[id]);
  const tasks = shareSome(model.tasks, [], changed);
  return tasks === model.tasks ? model : { ...model, tasks };
}

/** The model with `linked` of every node as it is now. */
export function withLinkedNodes(model: ClusterModel, linkedNodes: ReadonlySet<string>): ClusterModel {
  const changed = Object.values(model.nodes)
    .filter((node) => node.linked !== linkedNodes.has(node.id))
    .map((node) => ({ ...node, linked: !node.linked }));
  const nodes = shareSome(model.nodes, [], changed);
  return nodes === model.nodes ? model : { ...model, nodes };
}

/** The word of `health_status: …` events. */
export function healthWord(word: string | undefined): TaskHealth {
  return word === "healthy" || word === "unhealthy" || word === "starting" ? word : "none";
}

/**
 * The health of one node's tasks after its containers were listed again. A container that has ended has no health
 * any more, but that it was unhealthy is why it ended: kept while `isKnown` says the task is still shown.
 */
export function healthAfter(
  before: ReadonlyMap<string, TaskHealth> | undefined,
  listed: ReadonlyMap<string, TaskHealth>,
  isKnown: (taskId: string) => boolean,
): Map<string, TaskHealth> {
  const after = new Map(listed);
  for (const [taskId, health] of before ?? []) {
    const ended = (listed.get(taskId) ?? "none") === "none";
    if (health === "unhealthy" && ended && isKnown(taskId)) after.set(taskId, health);
  }
  return after;
}
