import { isLive, type TaskCondition, taskCondition } from "./task-state.ts";
import type { NodeView, ServiceView, TaskView } from "./types.ts";

/** A task with its condition. */
export interface JudgedTask {
  readonly task: TaskView;
  readonly condition: TaskCondition;
}

/** One place a service wants filled: a slot number, or a node for global services. */
export interface Slot {
  readonly key: string;
  /** On their way or alive, and wanted; newest first. */
  readonly live: readonly JudgedTask[];
  /** The newest attempt that is over, and its condition. */
  readonly ended: JudgedTask | null;
}

const stays = new Set(["running", "unhealthy"]);

/** Does something of this slot run, as far as anybody can know? */
export function slotRuns(slot: Slot): boolean {
  return slot.live.some(({ condition }) => stays.has(condition.kind));
}

/** Groups a service's tasks into slots. Tasks that are being stopped belong to no slot any more. */
export function slotsOf(
  tasks: readonly TaskView[],
  nodes: Readonly<Record<string, NodeView>>,
): readonly Slot[] {
  const slots = new Map<string, { key: string; live: JudgedTask[]; ended: JudgedTask | null }>();
  const newestFirst = [...tasks].sort((a, b) => b.createdAt - a.createdAt || b.since - a.since);
  for (const task of newestFirst) {
    const condition = taskCondition(task, task.nodeId === null ? undefined : nodes[task.nodeId]);
    const key =
      task.slot === null || task.slot === 0 ? `node ${task.nodeId ?? task.id}` : `slot ${task.slot}`;
    const slot = slots.get(key) ?? { key, live: [], ended: null };
    if (isLive(task)) {
      if (task.desired === "shutdown" || task.desired === "remove") continue;
      slot.live.push({ task, condition });
    } else {
      slot.ended ??= { task, condition };
    }
    slots.set(key, slot);
  }
  return [...slots.values()];
}

/** Has this slot lost its footing: nothing of it runs and its newest attempt broke, of the present version? */
export function slotFails(slot: Slot, service: ServiceView): boolean {
  if (slot.ended === null || slotRuns(slot)) return false;
  const { task } = slot.ended;
  const next = slot.live[0];
  if (next?.task.upToDate && !task.upToDate) return false;
  if (task.state === "failed" || task.state === "rejected") return true;
  const isJob = service.mode === "replicated-job" || service.mode === "global-job";
  return task.state === "complete" && !isJob && service.restartCondition === "any";
}
