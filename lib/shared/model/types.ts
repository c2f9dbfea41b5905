import type { ActiveOperation } from "../api/history.ts";

/**
 * The picture of a cluster that the server keeps and streams: only the fields screens need, every field always
 * present (null, never undefined), so that a change is a plain set of fields. Times are milliseconds since 1970
 * (server clock of the engine that said it), sizes are bytes, CPU is in nano-CPUs (1e9 = one CPU).
 */

/** Task states of Docker, plus what we say when an engine tells something we do not know. */
export const taskStates = [
  "new", "allocated", "pending", "assigned", "accepted", "preparing", "ready", "starting", "running",
  "complete", "shutdown", "failed", "rejected", "remove", "orphaned", "unknown",
] as const; // biome-ignore format: one line per phase reads better
export type TaskState = (typeof taskStates)[number];

/** `unseen`: no link to the node's engine, so health is not known. `none`: no health check. */
export type TaskHealth = "healthy" | "unhealthy" | "starting" | "none" | "unseen";

export interface NodeView {
  readonly id: string;
  readonly name: string;
  readonly role: "manager" | "worker";
  readonly leader: boolean;
  /** Managers only. */
  readonly reachability: "reachable" | "unreachable" | "unknown" | null;
  readonly availability: "active" | "pause" | "drain";
  readonly state: "ready" | "down" | "unknown" | "disconnected";
  /** When the server saw `state` change; null when it was like that from the first read. */
  readonly stateSince: number | null;
  readonly stateMessage: string;
  readonly address: string;
  readonly managerAddress: string | null;
  readonly engineVersion: string;
  readonly os: string;
  readonly arch: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly engineLabels: Readonly<Record<string, string>>;
  readonly nanoCpus: number;
  readonly memoryBytes: number;
  /** What else the engine offers to reserve, by kind: how many. */
  readonly genericResources: Readonly<Record<string, number>>;
  /** Shoal holds a working link to this node's own engine: container health is known and tasks can be killed. */
  readonly linked: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface PortView {
  readonly protocol: "tcp" | "udp" | "sctp";
  readonly target: number;
  readonly published: number | null;
  readonly mode: "ingress" | "host";
}

export interface ImageView {
  /** Without tag and digest, as written: `ghcr.io/acme/api`. */
  readonly name: string;
  readonly tag: string | null;
  readonly digest: string | null;
}

export interface UpdateView {
  readonly state:
    | "updating" | "paused" | "completed" | "rollback_started" | "rollback_paused" | "rollback_completed" | "unknown"; // biome-ignore format: one line
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  readonly message: string;
}

/** Which of the 14 hues and 3 markings a service wears (look.md §3). Assigned by the server, stored by name. */
export interface ServiceColor {
  /** 1 to 14. */
  readonly hue: number;
  /** 0 plain, 1 stripe, 2 spot. */
  readonly marking: number;
}

export interface ServiceView {
  readonly id: string;
  readonly name: string;
  /** Value of the label `com.docker.stack.namespace`. */
  readonly stack: string | null;
  readonly mode: "replicated" | "global" | "replicated-job" | "global-job";
  /** Wanted replicas (replicated) or total completions (replicated-job); null for global modes. */
  readonly replicas: number | null;
  /** ServiceStatus of the engine: desired tasks, and completed ones of a job. */
  readonly desiredTasks: number;
  readonly completedTasks: number;
  readonly image: ImageView;
  readonly ports: readonly PortView[];
  readonly update: UpdateView | null;
  readonly color: ServiceColor;
  readonly reservedNanoCpus: number;
  readonly reservedMemoryBytes: number;
  readonly limitNanoCpus: number;
  readonly limitMemoryBytes: number;
  /** Generic resources that each task reserves, by kind: how many. */
  readonly genericResources: Readonly<Record<string, number>>;
  readonly constraints: readonly string[];
  /** What the image is made for, as `os/architecture`, as far as the engine looked it up; empty: any. */
  readonly platforms: readonly string[];
  /** 0: no limit. */
  readonly maxReplicasPerNode: number;
  readonly restartCondition: "any" | "on-failure" | "none";
  readonly restartDelayMs: number;
  /** 0: no limit. */
  readonly restartMaxAttempts: number;
  readonly updateParallelism: number;
  readonly updateDelayMs: number;
  readonly updateOrder: "stop-first" | "start-first";
  readonly updateFailureAction: "pause" | "continue" | "rollback";
  /** True: the service sets a check; false: it disables it; null: whatever the image says. */
  readonly healthcheck: boolean | null;
  /** This service runs the very Shoal that answers. */
  readonly isShoal: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/**
 * One task that screens show now: every task that is not over, plus, for a slot with nothing running, the newest
 * attempt that ended (why it failed), plus finished tasks of the last job iteration. Older history is read on demand.
 */
export interface TaskView {
  readonly id: string;
  readonly serviceId: string;
  /** Null for global tasks. */
  readonly slot: number | null;
  readonly nodeId: string | null;
  readonly state: TaskState;
  readonly desired: TaskState;
  readonly health: TaskHealth;
  /** When the state began. */
  readonly since: number;
  readonly createdAt: number;
  readonly message: string;
  readonly error: string | null;
  readonly exitCode: number | null;
  /** The first 12 digits, as `docker ps` shows them. */
  readonly containerId: string | null;
  readonly imageTag: string | null;
  /** Runs the service's present specification (false: an update has still to replace it). */
  readonly upToDate: boolean;
  readonly nanoCpus: number;
  readonly memoryBytes: number;
  /** Attempts of this slot that failed, among those the engine still remembers, and when the first of them ended. */
  readonly failures: number;
  readonly failuresSince: number | null;
}

/**
 * How the cluster is reached, worst first where several hold:
 * no_engine: nothing answers; pending: the engine is joining a swarm; swarm_error: its swarm state is "error";
 * locked: autolock waits for the key; not_swarm: a single engine; not_manager: only workers answer;
 * electing: managers have no leader, usually 15 s; no_quorum: the engine says too few managers; ready.
 */
export type ClusterPhase =
  | "connecting" | "no_engine" | "pending" | "swarm_error" | "locked" | "not_swarm" | "not_manager"
  | "electing" | "no_quorum" | "ready"; // biome-ignore format: one line per group

/** One try to reach an engine: what was tried and why it failed. Shown on the "no engine" page. */
export interface ConnectAttempt {
  /** DOCKER_HOST, a socket path or URL, without credentials. */
  readonly target: string;
  readonly result:
    | "ok"
    | "skipped"
    | "not_there"
    | "no_permission"
    | "refused"
    | "timeout"
    | "too_old"
    | "tls"
    | "not_docker"
    | "unsupported"
    | "error";
  /** Facts: errno, file mode, owner, versions. */
  readonly detail: string;
  /** For no_permission: group that owns the socket. */
  readonly gid: number | null;
}

/** One engine Shoal talks to. */
export interface LinkView {
  readonly id: string;
  /** Socket path or URL. */
  readonly target: string;
  readonly ok: boolean;
  readonly error: string | null;
  /** Engine does not answer in time while its socket accepts. */
  readonly frozen: boolean;
  readonly nodeId: string | null;
  readonly nodeName: string | null;
  readonly isManager: boolean;
  readonly engineVersion: string | null;
  readonly apiVersion: string | null;
  readonly lastOkAt: number | null;
}

/** The agents of a cluster in numbers; `changes` grows when something a list of them shows has changed. */
export interface AgentCounts {
  readonly connected: number;
  readonly known: number;
  /** Wait for a person: another key than the one their node is known by. */
  readonly waiting: number;
  readonly changes: number;
}

export interface ClusterInfo {
  readonly id: string;
  readonly name: string;
  readonly phase: ClusterPhase;
  /** When this phase began. */
  readonly since: number;
  /** The engine's own sentence for the phase, if it gave one. */
  readonly message: string | null;
  /** When the picture was last known to be true; null while it is live. Not null: shown as stale. */
  readonly staleSince: number | null;
  readonly simulated: boolean;
  readonly swarmId: string | null;
  /** How often changes on nodes without a link are looked for, ms; null while nobody watches or all nodes are linked. */
  readonly checkEveryMs: number | null;
  readonly links: readonly LinkView[];
  readonly attempts: readonly ConnectAttempt[];
  /** The demo cluster is offered or running at this cluster id. */
  readonly demo: "off" | "offered" | "running";
  /** For not_swarm: addresses `swarm init` may advertise (of the engine's host when known, else empty). */
  readonly hostAddresses: readonly string[];
  /** Facts of the engine that answers, for not_swarm and not_manager pages. */
  readonly engineName: string | null;
  /** For not_manager: managers this worker knows, host:port. */
  readonly remoteManagers: readonly string[];
  /** Grows when networks, secrets or configs change: who shows a list of them reads it again. */
  readonly resourceChanges: number;
  /** Only agents lead to this cluster: the server uses no socket of its own for it. */
  readonly viaAgents: boolean;
  readonly agents: AgentCounts;
  /** Operations on services that are under way, oldest first. */
  readonly activity: readonly ActiveOperation[];
}

/** Keyed collections of the model. */
export interface ClusterModel {
  /** Grows by one with every delta. */
  readonly seq: number;
  readonly info: ClusterInfo;
  readonly nodes: Readonly<Record<string, NodeView>>;
  readonly services: Readonly<Record<string, ServiceView>>;
  readonly tasks: Readonly<Record<string, TaskView>>;
}
