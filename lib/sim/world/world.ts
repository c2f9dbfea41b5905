import type { SimNode, SimService, SimTask, Written } from "./objects.ts";
import { createRandom, type Random } from "./random.ts";
import { Timeline } from "./timeline.ts";
import type { WorkloadOf } from "./workload.ts";

/** Something an engine tells about, as /events words it. */
export interface SimEvent {
  readonly type: "service" | "node" | "container";
  readonly action: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
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
  Raft: { SnapshotInterval: 10_000, LogEntriesForSlowFollowers: 500, HeartbeatTick: 1, ElectionTick: 10 },
  Dispatcher: { HeartbeatPeriod: 5e9 },
  CAConfig: { NodeCertExpiry: 90 * 24 * 3600e9 },
  TaskDefaults: {},
  EncryptionConfig: { AutoLockManagers: false },
};

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
  readonly createdAt: number;
  readonly id: string;
  readonly settings: SwarmSettings;
  /** The node whose engine answers: container events and containers are those of this node. */
  ownNodeId = "";
  hooks: TaskHooks = { running: () => {}, ended: () => {} };
  private index = 10;
  private events = 0;
  private readonly byService = new Map<string, Set<SimTask>>();
  private readonly byNode = new Map<string, Set<SimTask>>();
  private readonly listeners = new Set<(event: SimEvent) => void>();

  constructor(options: { seed: number; now: number; workloadOf: WorkloadOf }) {
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
  }

  /** Tasks of a service, oldest first. */
  tasksOf(serviceId: string): readonly SimTask[] {
    return [...(this.byService.get(serviceId) ?? [])];
  }

  tasksOn(nodeId: string): readonly SimTask[] {
    return [...(this.byNode.get(nodeId) ?? [])];
  }

  emit(type: SimEvent["type"], action: string, id: string, attributes: SimEvent["attributes"]): void {
    this.events += 1;
    const event = { type, action, id, attributes, order: this.events, at: this.now };
    for (const listener of this.listeners) listener(event);
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
