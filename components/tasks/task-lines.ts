import type { TaskAttempt } from "#lib/shared/api/types.ts";
import { type Phrase, phrase } from "#lib/shared/i18n/phrase.ts";
import { errorInWords } from "#lib/shared/model/docker-words.ts";
import { whyEnded } from "#lib/shared/model/service-trouble.ts";
import { isLive, type TaskCondition, taskCondition } from "#lib/shared/model/task-state.ts";
import type { ClusterModel, NodeView, ServiceView, TaskView } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";

/** A task as a line of a list. */
export interface TaskLine {
  readonly task: TaskView;
  readonly condition: TaskCondition;
  /** Null: it has no node. */
  readonly nodeName: string | null;
  /** How long it ran, ms; null when it never ran, still runs, or nobody says. */
  readonly ranMs: number | null;
  /** Why it is like this, in words. */
  readonly why: Phrase | null;
  /** The engine's own text. */
  readonly engineText: string | null;
  readonly isOver: boolean;
}

function why(task: TaskView, service: ServiceView | undefined): Phrase | null {
  if (task.state === "shutdown" && task.error === null) return null;
  if (!isLive(task)) return whyEnded(task);
  if (task.error !== null && task.error !== "") return errorInWords(task.error, service ?? null);
  if (task.health === "unhealthy") return phrase("services.cause.unhealthy");
  return task.failures > 0 ? phrase("services.tasks.failedBefore", { n: task.failures }) : null;
}

interface KnownLine {
  readonly node: NodeView | undefined;
  readonly service: ServiceView | undefined;
  readonly line: TaskLine;
}
const known = new WeakMap<TaskView, KnownLine>();

/** The line of a task now or of an earlier attempt: the same object as long as the task, its service and its node do not change. */
export function taskLine(model: ClusterModel, task: TaskView | TaskAttempt): TaskLine {
  const node = task.nodeId === null ? undefined : model.nodes[task.nodeId];
  const service = model.services[task.serviceId];
  const before = known.get(task);
  if (before && before.node === node && before.service === service) return before.line;
  const line = makeLine(task, node, service);
  known.set(task, { node, service, line });
  return line;
}

function makeLine(
  task: TaskView | TaskAttempt,
  node: NodeView | undefined,
  service: ServiceView | undefined,
): TaskLine {
  const attempt = "ranMs" in task ? task : null;
  return {
    task,
    condition: taskCondition(task, node),
    nodeName: node?.name ?? attempt?.nodeName ?? task.nodeId?.slice(0, 12) ?? null,
    ranMs: attempt?.ranMs ?? null,
    why: why(task, service),
    engineText: task.error,
    isOver: !isLive(task),
  };
}

const rank: Readonly<Record<string, number>> = {
  failed: 0,
  rejected: 0,
  pending: 1,
  unhealthy: 2,
  unknown: 3,
  orphaned: 3,
};

/** What runs as it should. */
const quietRank = 5;

/** The place of a line among all, from 0: trouble first, then what moves, what runs, and what is over. */
export function lineOrder(line: TaskLine): number {
  if (line.condition.kind === "starting") return quietRank - 1;
  return rank[line.condition.kind] ?? (line.isOver ? quietRank + 1 : quietRank);
}

/** Broken, waiting or moving: nothing that runs as it should, or is over. */
export function isLoud(line: TaskLine): boolean {
  return lineOrder(line) < quietRank;
}

/** Trouble first, then what moves, then slot by slot. */
function compareLines(a: TaskLine, b: TaskLine): number {
  return (
    lineOrder(a) - lineOrder(b) || (a.task.slot ?? 0) - (b.task.slot ?? 0) || b.task.since - a.task.since
  );
}

/** Trouble first, then what moves, then service by service. */
export function compareLinesByService(
  services: ClusterModel["services"],
): (a: TaskLine, b: TaskLine) => number {
  const name = (line: TaskLine) => services[line.task.serviceId]?.name ?? line.task.serviceId;
  return (a, b) => lineOrder(a) - lineOrder(b) || compareNatural(name(a), name(b)) || compareLines(a, b);
}

/**
 * Tasks of a service: those of now from the live picture, earlier ones from the detail that was read on demand,
 * newest first. A task the picture knows is never shown twice.
 */
export function serviceLines(
  model: ClusterModel,
  now: readonly TaskView[],
  remembered: readonly TaskAttempt[],
): { readonly now: readonly TaskLine[]; readonly earlier: readonly TaskLine[] } {
  const detailOf = new Map(remembered.map((attempt) => [attempt.id, attempt]));
  const known = now.map((task) => {
    const line = taskLine(model, task);
    return { ...line, ranMs: line.isOver ? (detailOf.get(task.id)?.ranMs ?? null) : null };
  });
  const ids = new Set(now.map((task) => task.id));
  const old = remembered.filter((attempt) => !ids.has(attempt.id) && !isLive(attempt));
  const over = [...known.filter((line) => line.isOver), ...old.map((attempt) => taskLine(model, attempt))];
  return {
    now: known.filter((line) => !line.isOver).sort(compareLines),
    earlier: over.sort((a, b) => b.task.since - a.task.since),
  };
}
