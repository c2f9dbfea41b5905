import type { ClusterModel, ServiceView, TaskHealth, TaskState, TaskView } from "#lib/shared/model/types.ts";
import { shareSome } from "./share.ts";

/** What the engines we are linked to say about the containers of tasks. */
export interface HealthFacts {
  /** Nodes whose engine we hear. */
  readonly linkedNodes: ReadonlySet<string>;
  readonly byTask: ReadonlyMap<string, TaskHealth>;
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
  if (endedByItself.has(task.state) && facts.byTask.get(task.id) === "unhealthy") return "unhealthy";
  if (!withContainer.has(task.state) || service?.healthcheck === false) return "none";
  const linked = task.nodeId !== null && facts.linkedNodes.has(task.nodeId);
  if (!linked) return "unseen";
  return facts.byTask.get(task.id) ?? (task.state === "starting" ? "starting" : "unseen");
}

/** The model with the health of its tasks (all, or those in `only`) as it is known now. */
export function withHealth(
  model: ClusterModel,
  facts: HealthFacts,
  only?: ReadonlySet<string>,
): ClusterModel {
  const changed: TaskView[] = [];
  for (const task of Object.values(model.tasks)) {
    if (only && !only.has(task.id)) continue;
    const health = healthOf(task, model.services[task.serviceId], facts);
    if (health !== task.health) changed.push({ ...task, health });
  }
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
