import { isWanted, type SimNode, type SimService, type SimTask } from "./objects.ts";
import { Replicas } from "./replicas.ts";
import { changesOf, RollingUpdates } from "./rolling-update.ts";
import { modeOf, type NodeSpec, replicasOf, type ServiceSpec } from "./spec.ts";
import { TaskLife } from "./task-life.ts";
import type { World } from "./world.ts";

/** Silence after which a node is down, and how long managers take to elect a leader (measured on a real swarm). */
const HEARTBEAT_MS = 13_400;
const ELECTION_MS = 12_000;

/** Everything one may do to a simulated swarm. What follows from it happens as the world's clock moves on. */
export class Swarm {
  readonly world: World;
  readonly life: TaskLife;
  private readonly replicas: Replicas;
  private readonly updates: RollingUpdates;
  private electionEnd = 0;

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

  addNode(node: Omit<SimNode, "id" | "createdAt" | "index" | "updatedAt" | "state" | "isOff">): SimNode {
    const { world } = this;
    const made: SimNode = {
      ...node,
      id: world.random.id(),
      createdAt: world.now,
      updatedAt: world.now,
      index: 0,
      state: "ready",
      isOff: false,
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
    else this.updates.lookAgain(service);
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

  /** The addresses that a service has for itself, one on each of its networks. */
  virtualAddresses({ id, spec }: SimService): readonly { NetworkID: string; Addr: string }[] {
    if (spec.EndpointSpec?.Mode === "dnsrr") return [];
    const { networks } = this.world;
    const isIngress = (spec.EndpointSpec?.Ports ?? []).some(({ PublishMode }) => PublishMode === "ingress");
    const ingress = isIngress ? [...networks.values()].filter((each) => each.ingress) : [];
    const own = (spec.TaskTemplate.Networks ?? [])
      .map(({ Target }) => networks.get(Target ?? ""))
      .filter((each) => each !== undefined);
    return [...ingress, ...own].map((network) => {
      const host = 2 + (Number.parseInt(id.slice(0, 5), 36) % 250);
      return {
        NetworkID: network.id,
        Addr: `${(network.subnet ?? "10.0.0.0/24").replace(/0\/\d+$/, String(host))}/24`,
      };
    });
  }

  /** The power of a node is cut: it stops answering now, and the swarm notices after a while. */
  cutPower(node: SimNode): void {
    if (node.isOff) return;
    node.isOff = true;
    if (node.leader) {
      node.leader = false;
      this.electAfter(ELECTION_MS);
    }
    this.world.timeline.after(HEARTBEAT_MS, () => {
      if (node.isOff) this.loseNode(node);
    });
  }

  /** While the managers elect a leader nothing that is asked of the swarm is answered. */
  get electionEndsAt(): number {
    return this.electionEnd;
  }

  /** After an election the new leader has heard of nobody yet: every node is `unknown` until it reports. */
  private electAfter(ms: number): void {
    const { world } = this;
    this.electionEnd = world.now + ms;
    world.timeline.after(ms, () => {
      this.elect();
      for (const node of world.nodes.values()) {
        if (node.isOff || node.state !== "ready") continue;
        this.setNodeState(node, "unknown");
        world.timeline.after(world.random.between(300, 2_000), () => {
          if (node.state === "unknown") this.setNodeState(node, "ready");
        });
      }
    });
  }

  /** The node stops answering: its tasks are given up and made anew elsewhere. */
  loseNode(node: SimNode): void {
    if (node.state === "down") return;
    node.isOff = true;
    this.setNodeState(node, "down");
    node.leader = false;
    this.elect();
    this.replicas.evacuate(node.id);
    this.nodesChanged();
  }

  /** The node is back; what ran there was killed with it. */
  returnNode(node: SimNode): void {
    if (!node.isOff || !this.world.nodes.has(node.id)) return;
    node.isOff = false;
    if (node.state !== "ready") this.setNodeState(node, "ready");
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
      desired:
        mode === "replicated"
          ? replicasOf(service.spec)
          : mode === "job"
            ? dueOf(service.spec)
            : tasks.filter(isDue).length,
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
      (node) => node.spec.Role === "manager" && node.state !== "down" && !node.isOff,
    );
    const [first] = managers;
    if (!first || managers.some((node) => node.leader)) return;
    first.leader = true;
    this.world.touch(first);
  }

  private nodesChanged(): void {
    for (const service of this.world.services.values()) {
      if (modeOf(service.spec) === "global") this.replicas.reconcile(service);
      this.updates.lookAgain(service);
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

/** Of a job swarm counts as many as may run at once, done or not. */
function dueOf({ Mode }: ServiceSpec): number {
  return Mode.ReplicatedJob?.MaxConcurrent ?? 1;
}
