import type { NodeSpec, ServiceSpec, TaskTemplate } from "./spec.ts";

/** Everything swarm writes: `index` grows with every write, times are ms since 1970. */
export interface Written {
  readonly id: string;
  readonly createdAt: number;
  index: number;
  updatedAt: number;
}

export interface SimNode extends Written {
  readonly name: string;
  readonly address: string;
  readonly nanoCpus: number;
  readonly memoryBytes: number;
  spec: NodeSpec;
  state: "ready" | "down" | "unknown";
  leader: boolean;
  /** Its power is cut: nothing answers there. The swarm may not know it yet. */
  isOff: boolean;
}

export type TaskState =
  | "pending"
  | "assigned"
  | "preparing"
  | "ready"
  | "starting"
  | "running"
  | "complete"
  | "shutdown"
  | "failed"
  | "rejected";

/** What a client asks for when it makes a container; the rest it sends is kept as it came. */
export interface ContainerBody {
  readonly Image?: string;
  readonly Cmd?: readonly string[] | null;
  readonly Entrypoint?: readonly string[] | null;
  readonly Env?: readonly string[] | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly Tty?: boolean;
  readonly OpenStdin?: boolean;
  readonly ExposedPorts?: Readonly<Record<string, object>> | null;
  readonly Healthcheck?: Healthcheck | null;
  readonly HostConfig?: {
    readonly Binds?: readonly string[] | null;
    readonly Mounts?:
      | readonly { readonly Type?: string; readonly Source?: string; readonly Target?: string }[]
      | null;
    readonly NetworkMode?: string;
    readonly PortBindings?: Readonly<
      Record<string, readonly { readonly HostIp?: string; readonly HostPort?: string }[] | null>
    > | null;
    readonly Memory?: number;
    readonly AutoRemove?: boolean;
  } | null;
  readonly NetworkingConfig?: { readonly EndpointsConfig?: Readonly<Record<string, unknown>> | null } | null;
}

export interface Healthcheck {
  readonly Test?: readonly string[] | null;
  readonly Interval?: number;
}

/** A container on a node: of a task, or made by hand. */
export interface SimContainer {
  readonly id: string;
  readonly nodeId: string;
  readonly task: SimTask | null;
  /** Null for containers of tasks: theirs follows from the task. */
  readonly body: ContainerBody | null;
  readonly image: string;
  readonly createdAt: number;
  /** Null: after the node and slot of its task. */
  name: string | null;
  /** Somebody gave it another name than it was made with. */
  isRenamed?: boolean;
  /** 0: never. */
  startedAt: number;
  /** Null while it runs, and before it has ever run. */
  finishedAt: number | null;
  paused: boolean;
  exitCode: number;
  error: string;
  health: "none" | "starting" | "healthy" | "unhealthy";
  /** Grows with every start: plans of an earlier one do not apply. */
  turn: number;
  /** Ids of networks it was connected to beyond those it was made with. */
  networks: ReadonlySet<string> | null;
}

/** It runs now, paused or not. */
export function isUp(container: SimContainer | null): boolean {
  return container !== null && container.startedAt > 0 && container.finishedAt === null;
}

/** A secret or a config. */
export interface SimFile extends Written {
  readonly kind: "secret" | "config";
  spec: { readonly Name: string; readonly Labels?: Readonly<Record<string, string>> | null };
  /** Base64; what a secret holds is nowhere. */
  readonly data: string;
}

/** A network of the swarm, or of one node. */
export interface SimNetwork {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  /** Null: of the swarm. */
  readonly nodeId: string | null;
  readonly createdAt: number;
  readonly subnet: string | null;
  readonly gateway: string | null;
  readonly ingress: boolean;
  readonly attachable: boolean;
  readonly internal: boolean;
  readonly labels: Readonly<Record<string, string>> | null;
  readonly options: Readonly<Record<string, string>> | null;
  readonly ipam: object | null;
  index: number;
}

export interface SimImage {
  readonly id: string;
  readonly createdAt: number;
  readonly size: number;
  readonly tags: Set<string>;
  readonly digests: Set<string>;
}

export interface SimVolume {
  readonly name: string;
  readonly createdAt: number;
  readonly labels: Readonly<Record<string, string>> | null;
  readonly options: Readonly<Record<string, string>> | null;
  readonly isAnonymous: boolean;
}

export interface SimTask extends Written {
  readonly serviceId: string;
  /** Its containers are called after it when it is gone, too. */
  readonly serviceName: string;
  /** 0 for global services. */
  readonly slot: number;
  readonly template: TaskTemplate;
  /** The template as text: equal text, equal template. */
  readonly templateText: string;
  nodeId: string | null;
  state: TaskState;
  desired: "ready" | "running" | "complete" | "shutdown" | "remove";
  /** When the state began. */
  stateAt: number;
  message: string;
  error: string;
  exitCode: number;
  container: SimContainer | null;
}

export interface UpdateStatus {
  readonly state:
    | "updating"
    | "paused"
    | "completed"
    | "rollback_started"
    | "rollback_paused"
    | "rollback_completed";
  readonly startedAt: number;
  readonly completedAt: number | null;
  readonly message: string;
}

/** An update on its way. `replacing`: place of a task → the new task that is to run there. */
export interface Rollout {
  readonly isRollback: boolean;
  readonly startedAt: number;
  readonly replacing: Map<string, SimTask>;
}

export interface SimService extends Written {
  spec: ServiceSpec;
  previousSpec: ServiceSpec | null;
  templateText: string;
  updateStatus: UpdateStatus | null;
  rollout: Rollout | null;
}

const over: ReadonlySet<TaskState> = new Set(["complete", "shutdown", "failed", "rejected"]);

/** The task has ended for good. */
export function isOver(task: SimTask): boolean {
  return over.has(task.state);
}

/** Swarm wants the task to run, now or soon. */
export function isWanted(task: SimTask): boolean {
  return task.desired === "running" || task.desired === "ready";
}

/** Tasks of one place take turns: a slot, or a node for global services. */
export function placeOf(task: Pick<SimTask, "slot" | "nodeId">): string {
  return task.slot > 0 ? `slot ${task.slot}` : `node ${task.nodeId}`;
}
