import { type Phrase, phrase } from "../i18n/phrase.ts";
import { isLive, type Tone } from "./task-state.ts";
import type { NodeView, TaskView } from "./types.ts";

/** How a node stands, worst first. `stale` is an unknown node younger than a minute: no reason to worry yet. */
export type NodeKind = "down" | "unknown" | "unreachable" | "stale" | "paused" | "drained" | "ready";

export interface NodeCondition {
  readonly kind: NodeKind;
  readonly tone: Tone;
  readonly word: Phrase;
  /** More of the same, for example the engine's own text or for how long; null when the word says it all. */
  readonly cause: Phrase | null;
}

/** After an election every node is "unknown" for up to 16 s (measured); nobody should be alarmed before this. */
const graceMs = 60_000;

/** The condition of a node at `now` (ms since 1970). */
export function nodeCondition(node: NodeView, now: number): NodeCondition {
  if (node.state === "down") {
    const cause = node.stateMessage === "" ? null : phrase("nodes.cause.engine", { text: node.stateMessage });
    return { kind: "down", tone: "bad", word: phrase("nodes.state.down"), cause };
  }
  if (node.state !== "ready") {
    const silent = node.stateSince === null ? null : Math.max(0, now - node.stateSince);
    return {
      kind: silent !== null && silent < graceMs ? "stale" : "unknown",
      tone: "warn",
      word: phrase("nodes.state.unknown"),
      cause: null,
    };
  }
  if (node.reachability === "unreachable") {
    const cause = phrase("nodes.cause.unreachable");
    return { kind: "unreachable", tone: "warn", word: phrase("nodes.state.unreachable"), cause };
  }
  if (node.availability === "drain") {
    return { kind: "drained", tone: "idle", word: phrase("nodes.state.drained"), cause: null };
  }
  if (node.availability === "pause") {
    return { kind: "paused", tone: "warn", word: phrase("nodes.state.paused"), cause: null };
  }
  return { kind: "ready", tone: "quiet", word: phrase("nodes.state.ready"), cause: null };
}

/** Attention order of a node: lower needs more attention. */
export function nodeRank(kind: NodeKind): number {
  const order: readonly NodeKind[] = [
    "down",
    "unknown",
    "unreachable",
    "stale",
    "paused",
    "drained",
    "ready",
  ];
  return order.indexOf(kind);
}

/** Role mark of a node (look.md §4). */
export function nodeRoleKind(node: NodeView): "leader" | "manager" | "unreachable" | "worker" {
  if (node.role === "worker") return "worker";
  if (node.reachability === "unreachable" || node.state === "down") return "unreachable";
  return node.leader ? "leader" : "manager";
}

/** What a node's tasks take: counts and reservations, CPU in nano-CPUs, memory in bytes. */
export interface NodeLoad {
  readonly running: number;
  /** Not over yet, running ones included. */
  readonly live: number;
  readonly reservedNanoCpus: number;
  readonly reservedMemoryBytes: number;
}

/** Sums what the node's tasks reserve; tasks that are over take nothing. */
export function nodeLoad(tasks: readonly TaskView[]): NodeLoad {
  const live = tasks.filter(isLive);
  return {
    running: live.filter((task) => task.state === "running").length,
    live: live.length,
    reservedNanoCpus: live.reduce((sum, task) => sum + task.nanoCpus, 0),
    reservedMemoryBytes: live.reduce((sum, task) => sum + task.memoryBytes, 0),
  };
}
