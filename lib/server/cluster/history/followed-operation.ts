import type { OperationRow } from "#lib/server/db/operations.ts";
import type { OperationFailure } from "#lib/shared/api/history.ts";
import { type Phrase, phrase } from "#lib/shared/i18n/phrase.ts";
import { indexModel } from "#lib/shared/model/index-model.ts";
import type { ClusterModel, TaskView, UpdateView } from "#lib/shared/model/types.ts";
import { judgeOperation, type OperationFacts } from "./judge-operation.ts";
import { type Tracks, trackTasks } from "./task-tracks.ts";

/** An operation that is not over, as it is kept in memory. Immutable: every step answers the next one. */
export interface FollowedOperation {
  readonly row: Omit<OperationRow, "words" | "facts" | "timeline">;
  readonly words: Phrase;
  readonly facts: OperationFacts;
  readonly timeline: Tracks;
  /** Tasks that were there before the change; what replaces tasks is not among them. */
  readonly revision: number;
}

/** A row of the table as it is kept in memory. */
export function fromRow(row: OperationRow): FollowedOperation {
  const { words, facts, timeline, ...rest } = row;
  return {
    row: rest,
    words: JSON.parse(words) as Phrase,
    facts: JSON.parse(facts) as OperationFacts,
    timeline: JSON.parse(timeline) as Tracks,
    revision: 1,
  };
}

/** The texts a row is kept as. */
export function textsOf({ words, facts, timeline }: Pick<FollowedOperation, "words" | "facts" | "timeline">) {
  return {
    words: JSON.stringify(words),
    facts: JSON.stringify(facts),
    timeline: JSON.stringify(timeline),
  };
}

/** It ended like this. */
export function ended(
  operation: FollowedOperation,
  state: OperationRow["state"],
  words: Phrase,
  now: number,
): FollowedOperation {
  return {
    ...operation,
    row: { ...operation.row, state, endedAt: now },
    words,
    revision: operation.revision + 1,
  };
}

/** How long a service that was made may be missing in the picture before it counts as removed again. */
const mostUntilSeenMs = 30_000;

const overStates: ReadonlySet<OperationRow["state"]> = new Set(["completed", "rolled_back"]);

/**
 * How the operation stands in this picture, which already shows the change (`seen`), or does not yet. `attempts`: every
 * task of the service that the engine remembers. Answers the same object when nothing is new.
 */
export function advanced(
  operation: FollowedOperation,
  model: ClusterModel,
  seen: boolean,
  now: number,
  attempts: () => readonly TaskView[],
): FollowedOperation {
  const { row } = operation;
  const service = model.services[row.serviceId];
  if (service === undefined) {
    // What was just made is in the engine before it is in the picture.
    if (row.kind === "create" && !seen && now - row.startedAt < mostUntilSeenMs) return operation;
    return ended(operation, "failed", phrase("history.words.removed"), now);
  }
  const tasks = indexModel(model).tasksByService.get(row.serviceId) ?? [];
  const timeline = trackTasks(operation.timeline, tasks, {
    nodes: model.nodes,
    startedAt: row.startedAt,
    now,
    isNew: (task) => isNew(operation, task, seen),
  });
  if (!seen) return timeline === operation.timeline ? operation : next(operation, { timeline });
  const failure =
    newestFailure(timeline, tasks) ??
    operation.facts.failure ??
    declaredFailure(service.update, operation.facts, attempts);
  const facts = { ...operation.facts, failure };
  const judged = judgeOperation({ kind: row.kind, facts, service, tasks, nodes: model.nodes, now });
  const isOver = overStates.has(judged.state);
  const after: FollowedOperation = {
    ...operation,
    row: { ...row, state: judged.state, endedAt: isOver ? now : null },
    words: judged.words,
    facts: { ...facts, done: judged.done, total: judged.total },
    timeline,
  };
  return JSON.stringify(essence(after)) === JSON.stringify(essence(operation)) &&
    timeline === operation.timeline
    ? operation
    : next(after, {});
}

function next(operation: FollowedOperation, part: Partial<FollowedOperation>): FollowedOperation {
  return { ...operation, ...part, revision: operation.revision + 1 };
}

function essence({ row, words, facts }: FollowedOperation) {
  return [row.state, words, facts];
}

/** A change that replaces nothing has no old tasks. While swarm puts the old version back, it is not the new one. */
function isNew({ facts, row }: FollowedOperation, task: TaskView, seen: boolean): boolean {
  if (!facts.replacesTasks) return true;
  if (
    row.state === "running" &&
    row.endedAt === null &&
    facts.failure !== null &&
    task.createdAt < row.startedAt
  )
    return false;
  return seen && task.upToDate && (facts.failure === null || task.createdAt >= row.startedAt);
}

/** The newest task that broke among those the operation wants. */
function newestFailure(timeline: Tracks, tasks: readonly TaskView[]): OperationFailure | null {
  const wanted = new Set(timeline.tracks.filter((track) => track.isNew).map((track) => track.id));
  const broken = tasks
    .filter((task) => wanted.has(task.id) && breaks(task))
    .sort((a, b) => b.since - a.since)[0];
  if (!broken) return null;
  return failureOf(broken);
}

function failureOf({ id, slot, nodeId, exitCode, error, failures }: TaskView): OperationFailure {
  return { taskId: id, slot, nodeId, exitCode, error, times: Math.max(1, failures) };
}

/**
 * Swarm says that a task of the update broke, and the picture has not shown it: by the time it was read, the version
 * before was back. The engine remembers it. Both times are the managers'.
 */
function declaredFailure(
  update: UpdateView | null,
  { priorUpdate }: OperationFacts,
  attempts: () => readonly TaskView[],
): OperationFailure | null {
  if (update === null || update.startedAt === null || update.startedAt === priorUpdate) return null;
  if (update.state !== "paused" && !update.state.startsWith("rollback_")) return null;
  const since = update.startedAt;
  const broken = attempts().filter((task) => breaks(task) && task.createdAt >= since);
  const named = broken.find((task) => update.message.includes(task.id));
  const found = named ?? broken.sort((a, b) => b.since - a.since)[0];
  return found ? failureOf(found) : null;
}

function breaks(task: TaskView): boolean {
  return (
    task.state === "failed" ||
    task.state === "rejected" ||
    (task.state === "complete" && task.health === "unhealthy")
  );
}
