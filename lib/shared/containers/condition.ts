import { type Phrase, phrase } from "../i18n/phrase.ts";
import type { ContainerView } from "./types.ts";

/** Kinds of state that a filter chooses from, trouble first. */
export const containerKinds = [
  "failed", "unhealthy", "restarting", "unheard", "paused", "starting", "running", "created", "ended",
] as const; // biome-ignore format: one line
export type ContainerKind = (typeof containerKinds)[number];

/** How a container is, in the marks of tasks and in a word. */
export interface ContainerCondition {
  readonly kind: ContainerKind;
  readonly mark: "running" | "unhealthy" | "starting" | "shutdown" | "complete" | "failed" | "unknown";
  readonly tone: "quiet" | "move" | "warn" | "bad" | "idle";
  readonly word: Phrase;
}

const fixed = {
  unheard: { kind: "unheard", mark: "unknown", tone: "idle", word: phrase("containers.state.unheard") },
  unknown: { kind: "unheard", mark: "unknown", tone: "warn", word: phrase("containers.state.unknown") },
  unhealthy: {
    kind: "unhealthy",
    mark: "unhealthy",
    tone: "warn",
    word: phrase("containers.state.unhealthy"),
  },
  starting: { kind: "starting", mark: "starting", tone: "move", word: phrase("containers.state.starting") },
  running: { kind: "running", mark: "running", tone: "quiet", word: phrase("containers.state.running") },
  healthy: { kind: "running", mark: "running", tone: "quiet", word: phrase("containers.state.healthy") },
  restarting: {
    kind: "restarting",
    mark: "starting",
    tone: "warn",
    word: phrase("containers.state.restarting"),
  },
  paused: { kind: "paused", mark: "shutdown", tone: "warn", word: phrase("containers.state.paused") },
  created: { kind: "created", mark: "starting", tone: "idle", word: phrase("containers.state.created") },
  removing: { kind: "ended", mark: "shutdown", tone: "idle", word: phrase("containers.state.removing") },
  dead: { kind: "failed", mark: "failed", tone: "bad", word: phrase("containers.state.dead") },
  exited: { kind: "ended", mark: "shutdown", tone: "idle", word: phrase("containers.state.exited") },
  done: { kind: "ended", mark: "complete", tone: "idle", word: phrase("containers.state.done") },
} as const satisfies Record<string, ContainerCondition>;

/** `isHeard` is false where its node does not answer: what was last known may be wrong by now. */
export function containerCondition(container: ContainerView, isHeard: boolean): ContainerCondition {
  if (!isHeard) return fixed.unheard;
  const { state, health, exitCode } = container;
  if (state === "running") {
    if (health === "unhealthy" || health === "starting" || health === "healthy") return fixed[health];
    return fixed.running;
  }
  if (state !== "exited") return fixed[state];
  if (exitCode === null) return fixed.exited;
  if (exitCode === 0) return fixed.done;
  const word = phrase("containers.state.exit", { code: String(exitCode) });
  // What a program that was asked to stop ends with.
  if (exitCode === 143) return { ...fixed.exited, word };
  // Of a task swarm has made another one already, and its pages tell of failures.
  if (container.taskId !== null) return { ...fixed.exited, word };
  return { kind: "failed", mark: "failed", tone: "bad", word };
}

/**
 * `web.3` of the task container `shop_web.3.k2j4…`, without its stack; of a global service, whose tasks have a node
 * where others have a number, only the service; other names as they are.
 */
export function shortContainerName({ name, taskId, nodeId, stack }: ContainerView): string {
  if (taskId === null) return name;
  const without = (text: string, end: string) => (text.endsWith(end) ? text.slice(0, -end.length) : text);
  const withoutId = without(without(name, `.${taskId}`), `.${nodeId}`);
  const prefix = `${stack}_`;
  return stack !== null && withoutId.startsWith(prefix) ? withoutId.slice(prefix.length) : withoutId;
}
