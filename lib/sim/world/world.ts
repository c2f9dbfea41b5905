import { tellOf } from "./containers.ts";
import { EngineState } from "./engine-state.ts";
import type { SimContainer, SimFile, SimNetwork, SimNode, SimService, SimTask, Written } from "./objects.ts";
import { createRandom, type Random } from "./random.ts";
import { fullRegistry, type Registry } from "./registry.ts";
import type { PortConfig } from "./spec.ts";
import { Timeline } from "./timeline.ts";
import type { WorkloadOf } from "./workload.ts";

/** Something an engine tells about, as /events words it. */
export interface SimEvent {
  readonly type: "service" | "node" | "container" | "secret" | "config" | "network" | "image" | "volume";
  readonly action: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The node that tells of it; null: every manager does. */
  readonly nodeId: string | null;
  /** Grows with every event: together with the time it makes events distinct. */
  readonly order: number;
  readonly at: number;
}

export interface SwarmSettings {
  taskHistoryLimit: number;
  index: number;
  updatedAt: number;
  /** The specification as a client sent it last. */
  spec: Readonly<Record<string, unknown>>;
  workerToken: string;
  managerToken: string;
  unlockKey: string;
}

/** What `docker swarm init` sets. Durations are nanoseconds. */
const defaultSettings = {
  Name: "default",
  Labels: {},
  Orchestration: { TaskHistoryRetentionLimit: 5 },
  Raft: {
    SnapshotInterval: 10_000,
    KeepOldSnapshots: 0,
    LogEntriesForSlowFollowers: 500,
    HeartbeatTick: 1,
    ElectionTick: 10,
  },
  Dispatcher: { HeartbeatPeriod: 5e9 },
  CAConfig: { NodeCertExpiry: 90 * 24 * 3600e9 },
  TaskDefaults: {},
  EncryptionConfig: { AutoLockManagers: false },
};

/** How many events are remembered. */
const KEPT_EVENTS = 1_000;

/** What the parts of the world do when a task moves on; set once, by `createSwarm`. */
export interface TaskHooks {
  running(task: SimTask): void;
  ended(task: SimTask): void;
}

/**
 * The state of a simulated swarm and its clock. It knows no timers, sockets or dates: it moves when `timeline.advance`
 * is called, and the same seed and the same calls give the same story.
 */
export class World {
  readonly timeline: Timeline;
  readonly random: Random;
  readonly workloadOf: WorkloadOf;
  readonly nodes = new Map<string, SimNode>();
  readonly services = new Map<string, SimService>();
  readonly tasks = new Map<string, SimTask>();
  readonly files = new Map<string, SimFile>();
  /** Of the swarm. */
  readonly networks = new Map<string, SimNetwork>();
  readonly registry: Registry;
  /** Images that every node has from the start. */
  private readonly preloaded: readonly string[];
  private readonly engines = new Map<string, EngineState>();
  readonly createdAt: number;
  readonly id: string;
  readonly settings: SwarmSettings;
  /** The node whose engine answers: container events and containers are those of this node. */
  ownNodeId = "";
  hooks: TaskHooks = { running: () => {}, ended: () => {} };
  private index = 10;
  private subnets = 0;
  private events = 0;
  private readonly byService = new Map<string, Set<SimTask>>();
  private readonly byNode = new Map<string, Set<SimTask>>();
  private readonly recent: SimEvent[] = [];
  private readonly endings = new Set<(container: SimContainer) => void>();
  private readonly listeners = new Set<(event: SimEvent) => void>();

  constructor(options: {
    seed: number;
    now: number;
    workloadOf: WorkloadOf;
    registry?: Registry;
    preloaded?: readonly string[];
  }) {
    this.registry = options.registry ?? fullRegistry;
    this.preloaded = options.preloaded ?? [];
    this.timeline = new Timeline(options.now);
    this.random = createRandom(options.seed);
    this.workloadOf = options.workloadOf;
    this.createdAt = options.now;
    this.id = this.random.id();
    this.settings = {
      taskHistoryLimit: 5,
      index: this.index,
      updatedAt: options.now,
      spec: defaultSettings,
      workerToken: this.token(),
      managerToken: this.token(),
      unlockKey: this.unlockKey(),
    };
  }

  get now(): number {
    return this.timeline.now;
  }

  /** A join token in swarm's form. It opens nothing. */
  token(): string {
    return `SWMTKN-1-${this.random.id()}${this.random.id()}-${this.random.id()}`;
  }

  /** A key in swarm's form. Nothing is ever locked with it. */
  unlockKey(): string {
    return `SWMKEY-1-${this.random.id()}${this.random.id().slice(0, 18)}`;
  }

  addFile(kind: SimFile["kind"], spec: SimFile["spec"], data: string): SimFile {
    const file: SimFile = {
      id: this.random.id(),
      createdAt: this.now,
      updatedAt: this.now,
      index: 0,
      kind,
      spec,
      data,
    };
    this.files.set(file.id, file);
    this.touch(file);
    this.emit(kind, "create", file.id, { name: spec.Name });
    return file;
  }

  /** Makes a network, of the swarm when no node is named, with the next free addresses where none are. */
  addNetwork(facts: Partial<SimNetwork> & Pick<SimNetwork, "name" | "driver" | "nodeId">): SimNetwork {
    const id = facts.nodeId === null ? this.random.id() : this.random.hex();
    this.subnets += 1;
    const subnet =
      facts.subnet ??
      (facts.nodeId === null ? `10.0.${this.subnets}.0/24` : `172.${18 + this.subnets}.0.0/16`);
    const vxlan = { "com.docker.network.driver.overlay.vxlanid_list": String(4_096 + this.subnets) };
    const network: SimNetwork = {
      createdAt: this.now, ingress: false, attachable: false, internal: false, labels: {}, ipam: null, index: 0,
      ...facts,
      id, subnet, gateway: facts.gateway ?? subnet.replace(/0\/\d+$/, "1"),
      options: { ...(facts.nodeId === null && vxlan), ...facts.options },
    }; // biome-ignore format: one fact after another
    this.touch({ index: 0, updatedAt: 0 });
    network.index = this.lastIndex;
    if (facts.nodeId === null) this.networks.set(id, network);
    else this.engineOf(facts.nodeId).networks.set(id, network);
    const kind: Record<string, string> = facts.nodeId === null ? {} : { type: facts.driver };
    this.emit("network", "create", id, { name: facts.name, ...kind }, facts.nodeId);
    // Swarm finds addresses for it a moment later.
    if (facts.nodeId === null)
      this.timeline.after(20, () => this.emit("network", "update", id, { name: facts.name }));
    return network;
  }

  /** Ports that tasks of a service take on their own node. */
  hostPortsOf(serviceId: string): readonly PortConfig[] {
    const ports = this.services.get(serviceId)?.spec.EndpointSpec?.Ports ?? [];
    return ports.filter(({ PublishMode }) => PublishMode === "host");
  }

  /** What a node keeps for itself. */
  engineOf(nodeId: string): EngineState {
    const known = this.engines.get(nodeId);
    if (known) return known;
    const made = new EngineState(this, nodeId);
    for (const image of this.preloaded) made.addImage(image, this.createdAt);
    this.engines.set(nodeId, made);
    return made;
  }

  /** The number of the last write of all. */
  get lastIndex(): number {
    return this.index;
  }

  /** Notes a write: a new version, and when. */
  touch(written: Pick<Written, "index" | "updatedAt">): void {
    this.index += 1;
    written.index = this.index;
    written.updatedAt = this.now;
  }

  addTask(task: SimTask): void {
    this.tasks.set(task.id, task);
    groupOf(this.byService, task.serviceId).add(task);
    if (task.nodeId !== null) groupOf(this.byNode, task.nodeId).add(task);
    this.touch(task);
  }

  assign(task: SimTask, nodeId: string): void {
    task.nodeId = nodeId;
    groupOf(this.byNode, nodeId).add(task);
  }

  dropTask(task: SimTask): void {
    this.tasks.delete(task.id);
    this.byService.get(task.serviceId)?.delete(task);
    if (task.nodeId !== null) this.byNode.get(task.nodeId)?.delete(task);
    this.dropContainer(task.container);
  }

  private dropContainer(container: SimContainer | null): void {
    const wasThere = container && this.engines.get(container.nodeId)?.containers.delete(container.id);
    // Who is away tells nothing, and is asked for everything when it is back.
    if (wasThere && this.nodes.get(container.nodeId)?.isOff === false) tellOf(this, container, "destroy");
  }

  /** Tasks of a service, oldest first. */
  tasksOf(serviceId: string): readonly SimTask[] {
    return [...(this.byService.get(serviceId) ?? [])];
  }

  tasksOn(nodeId: string): readonly SimTask[] {
    return [...(this.byNode.get(nodeId) ?? [])];
  }

  /** `nodeId`: only the engine of this node tells of it. */
  emit(
    type: SimEvent["type"],
    action: string,
    id: string,
    attributes: SimEvent["attributes"],
    nodeId: string | null = null,
  ): void {
    this.events += 1;
    const event = { type, action, id, attributes, nodeId, order: this.events, at: this.now };
    this.recent.push(event);
    if (this.recent.length > 2 * KEPT_EVENTS) this.recent.splice(0, this.recent.length - KEPT_EVENTS);
    for (const listener of this.listeners) listener(event);
  }

  /** What was told after a moment, as far as it is kept: engines remember 256 events, we some more. */
  eventsSince(time: number): readonly SimEvent[] {
    return this.recent.filter(({ at }) => at >= time);
  }

  /** Those who follow a container's output or wait for its end hear of it. */
  runEnded(container: SimContainer): void {
    for (const hear of this.endings) hear(container);
  }

  onRunEnded(hear: (container: SimContainer) => void): () => void {
    this.endings.add(hear);
    return () => this.endings.delete(hear);
  }

  /** Calls back for every event from now on. Returns the unsubscribe function. */
  onEvent(listener: (event: SimEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

function groupOf(groups: Map<string, Set<SimTask>>, key: string): Set<SimTask> {
  const known = groups.get(key);
  if (known) return known;
  const made = new Set<SimTask>();
  groups.set(key, made);
  return made;
}
