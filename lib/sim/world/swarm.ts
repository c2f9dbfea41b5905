import { isWanted, type SimNode, type SimService, type SimTask } from "./objects.ts";
import { Replicas } from "./replicas.ts";
import { RollingUpdates } from "./rolling-update.ts";
import { modeOf, type NodeSpec, replicasOf, type ServiceSpec } from "./spec.ts";
import { TaskLife } from "./task-life.ts";
import type { World } from "./world.ts";

/** Everything one may do to a simulated swarm. What follows from it happens as the world's clock moves on. */
export class Swarm {
  readonly world: World;
  readonly life: TaskLife;
  private readonly replicas: Replicas;
  private readonly updates: RollingUpdates;

  constructor(world: World) {
    this.world = world;
    this.life = new TaskLife(world);
    this.replicas = new Replicas(world, this.life);
    this.updates = new RollingUpdates(world, this.life, this.replicas);
    world.hooks = {
      running: (task) => this.taskRuns(task),
      ended: (task) => this.taskEnded(task),
    };
  }

  addNode(node: Omit<SimNode, "id" | "createdAt" | "index" | "updatedAt" | "state">): SimNode {
    const { world } = this;
    const made: SimNode = {
      ...node,
      id: world.random.id(),
      createdAt: world.now,
      updatedAt: world.now,
      index: 0,
      state: "ready",
    };
    world.nodes.set(made.id, made);
    world.touch(made);
    return made;
  }

  createService(spec: ServiceSpec): SimService {
    const { world } = this;
    const service: SimService = {
      id: world.random.id(),
      createdAt: world.now,
      updatedAt: world.now,
      index: 0,
      spec,
      previousSpec: null,
      templateText: JSON.stringify(spec.TaskTemplate),
      updateStatus: null,
      rollout: null,
    };
    world.services.set(service.id, service);
    world.touch(service);
    world.emit("service", "create", service.id, { name: spec.Name });
    this.replicas.reconcile(service);
    return service;
  }

  updateService(service: SimService, spec: ServiceSpec): void {
    const { world } = this;
    const before = service.spec;
    service.previousSpec = before;
    service.spec = spec;
    const templateText = JSON.stringify(spec.TaskTemplate);
    const isNewVersion = templateText !== service.templateText;
    service.templateText = templateText;
    world.touch(service);
    world.emit("service", "update", service.id, { name: spec.Name, ...changesOf(before, spec) });
    this.replicas.reconcile(service);
    if (isNewVersion) this.updates.begin(service, false);
  }

  /** False when there is no previous specification. */
  rollBack(service: SimService): boolean {
    return this.updates.rollBack(service);
  }

  removeService(service: SimService): void {
    const { world } = this;
    service.rollout = null;
    world.services.delete(service.id);
    world.emit("service", "remove", service.id, { name: service.spec.Name });
    for (const task of world.tasksOf(service.id)) this.life.stop(task, "remove");
  }

  updateNode(node: SimNode, spec: NodeSpec): void {
    const { world } = this;
    const before = node.spec;
    node.spec = spec;
    if (spec.Role === "worker") node.leader = false;
    world.touch(node);
    const changes: Record<string, string> = { name: node.name };
    for (const key of ["Availability", "Role"] as const) {
      if (before[key] === spec[key]) continue;
      changes[`${key.toLowerCase()}.new`] = spec[key];
      changes[`${key.toLowerCase()}.old`] = before[key];
    }
    world.emit("node", "update", node.id, changes);
    this.elect();
    if (spec.Availability === "drain" && before.Availability !== "drain") this.replicas.evacuate(node.id);
    this.nodesChanged();
  }

  /** The node stops answering: its tasks are given up and made anew elsewhere. */
  loseNode(node: SimNode): void {
    if (node.state === "down") return;
    this.setNodeState(node, "down");
    node.leader = false;
    this.elect();
    this.replicas.evacuate(node.id);
    this.nodesChanged();
  }

  /** The node is back; what ran there was killed with it. */
  returnNode(node: SimNode): void {
    if (node.state === "ready" || !this.world.nodes.has(node.id)) return;
    this.setNodeState(node, "ready");
    for (const task of this.world.tasksOn(node.id)) this.life.exit(task, 255);
    this.nodesChanged();
  }

  removeNode(node: SimNode): void {
    const { world } = this;
    world.nodes.delete(node.id);
    world.emit("node", "remove", node.id, { name: node.name });
    this.replicas.evacuate(node.id);
    for (const task of world.tasksOn(node.id)) world.dropTask(task);
    this.nodesChanged();
  }

  /** Tasks the engine counts for `ServiceStatus`. */
  countsOf(service: SimService): { running: number; desired: number; completed: number } {
    const tasks = this.world.tasksOf(service.id);
    const mode = modeOf(service.spec);
    const running = tasks.filter((task) => task.state === "running" && task.desired === "running").length;
    return {
      running: mode === "job" ? tasks.filter((task) => task.state === "running").length : running,
      desired: mode === "replicated" ? replicasOf(service.spec) : tasks.filter(isDue).length,
      completed: mode === "job" ? tasks.filter((task) => task.state === "complete").length : 0,
    };
  }

  private setNodeState(node: SimNode, state: SimNode["state"]): void {
    const old = node.state;
    node.state = state;
    this.world.touch(node);
    this.world.emit("node", "update", node.id, { name: node.name, "state.new": state, "state.old": old });
  }

  /** Of the managers that answer one leads. */
  private elect(): void {
    const managers = [...this.world.nodes.values()].filter(
      (node) => node.spec.Role === "manager" && node.state === "ready",
    );
    const [first] = managers;
    if (!first || managers.some((node) => node.leader)) return;
    first.leader = true;
    this.world.touch(first);
  }

  private nodesChanged(): void {
    for (const service of this.world.services.values()) {
      if (modeOf(service.spec) === "global") this.replicas.reconcile(service);
    }
    this.life.placeSoon();
  }

  private taskRuns(task: SimTask): void {
    const service = this.world.services.get(task.serviceId);
    if (service) this.updates.running(service, task);
  }

  private taskEnded(task: SimTask): void {
    const service = this.world.services.get(task.serviceId);
    if (!service) return;
    this.updates.ended(service, task);
    if (isWanted(task)) this.replicas.replaceEnded(service, task);
  }
}

function isDue(task: SimTask): boolean {
  return isWanted(task) || (task.desired === "complete" && task.state !== "complete");
}

/** What an update event says: replicas and image, if they are what changed. */
function changesOf(before: ServiceSpec, after: ServiceSpec): Record<string, string> {
  const changes: Record<string, string> = {};
  const note = (key: string, old: unknown, now: unknown) => {
    if (old === now) return;
    changes[`${key}.new`] = String(now);
    changes[`${key}.old`] = String(old);
  };
  if (modeOf(after) === "replicated") note("replicas", replicasOf(before), replicasOf(after));
  note("image", before.TaskTemplate.ContainerSpec?.Image, after.TaskTemplate.ContainerSpec?.Image);
  return changes;
}
