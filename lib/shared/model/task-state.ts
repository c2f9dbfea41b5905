import { type Phrase, phrase } from "../i18n/phrase.ts";
import type { NodeView, TaskState, TaskView } from "./types.ts";

/** Colour group of a status; `quiet` is plain text, `idle` is greyed. */
export type Tone = "quiet" | "ok" | "move" | "warn" | "bad" | "idle";

/** Shape of a task's mark (look.md §4). `orphaned` is the shape of every lost task. */
export type TaskKind =
  | "running" | "unhealthy" | "pending" | "starting" | "stopping" | "shutdown" | "complete" | "failed"
  | "rejected" | "orphaned" | "unknown"; // biome-ignore format: one block

/** How a task stands, said as shape, colour and word. */
export interface TaskCondition {
  readonly kind: TaskKind;
  readonly tone: Tone;
  readonly word: Phrase;
}

const starting: Partial<Record<TaskState, Phrase>> = {
  assigned: phrase("services.task.assigned"),
  accepted: phrase("services.task.assigned"),
  preparing: phrase("services.task.preparing"),
  ready: phrase("services.task.ready"),
  starting: phrase("services.task.starting"),
};

const failed: TaskCondition = { kind: "failed", tone: "bad", word: phrase("services.task.failed") };

const over: Partial<Record<TaskState, TaskCondition>> = {
  complete: { kind: "complete", tone: "idle", word: phrase("services.task.complete") },
  shutdown: { kind: "shutdown", tone: "idle", word: phrase("services.task.shutdown") },
  failed,
  rejected: { kind: "rejected", tone: "bad", word: phrase("services.task.rejected") },
  remove: { kind: "orphaned", tone: "idle", word: phrase("services.task.removing") },
  orphaned: { kind: "orphaned", tone: "idle", word: phrase("services.task.lost") },
};

const unknown: TaskCondition = { kind: "unknown", tone: "idle", word: phrase("services.task.unknown") };

/** States in which swarm wants the task gone. */
function wantedGone(desired: TaskState): boolean {
  return desired === "shutdown" || desired === "remove" || desired === "orphaned";
}

/** Is the task on its way or alive, as far as the manager knows? False once it is over. */
export function isLive(task: TaskView): boolean {
  return over[task.state] === undefined && task.state !== "unknown";
}

/**
 * The condition of a task. `node` is the node it is on, undefined when it has none or the node is not in the model.
 * A task that says "running" on a node that is down is lost; on a node that does not answer it is unknown.
 */
export function taskCondition(task: TaskView, node: NodeView | undefined): TaskCondition {
  // The program ended without an error, but only because its health check failed and swarm asked it to stop.
  if (task.state === "complete" && task.health === "unhealthy") return failed;
  const ended = over[task.state];
  if (ended) return ended;
  if (task.state === "new" || task.state === "allocated" || task.state === "pending") {
    return { kind: "pending", tone: "warn", word: phrase("services.task.waiting") };
  }
  if (task.nodeId !== null && node?.state === "down") {
    return { kind: "orphaned", tone: "bad", word: phrase("services.task.lost") };
  }
  if (task.state === "unknown" || (task.nodeId !== null && node?.state !== "ready")) return unknown;
  if (wantedGone(task.desired)) {
    return { kind: "stopping", tone: "idle", word: phrase("services.task.stopping") };
  }
  const beginning = starting[task.state];
  if (beginning) return { kind: "starting", tone: "move", word: beginning };
  if (task.health === "unhealthy") {
    return { kind: "unhealthy", tone: "warn", word: phrase("services.task.unhealthy") };
  }
  if (task.health === "starting") {
    return { kind: "starting", tone: "move", word: phrase("services.task.checking") };
  }
  return { kind: "running", tone: "quiet", word: phrase("services.task.running") };
}
