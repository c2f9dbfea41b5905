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
  state: "ready" | "down";
  leader: boolean;
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
  | "failed";

export interface SimContainer {
  readonly id: string;
  readonly startedAt: number;
  finishedAt: number | null;
  health: "none" | "starting" | "healthy" | "unhealthy";
}

export interface SimTask extends Written {
  readonly serviceId: string;
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

const over: ReadonlySet<TaskState> = new Set(["complete", "shutdown", "failed"]);

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
