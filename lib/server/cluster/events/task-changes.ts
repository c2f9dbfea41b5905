import { textOf, timeOf } from "#lib/server/docker/hostile.ts";
import { modeOf } from "#lib/server/docker/map-service.ts";
import { isOver, slotOf, stateOf } from "#lib/server/docker/map-task.ts";
import type { WireService, WireTask } from "#lib/server/docker/wire.ts";
import type { EventDraft, EventFacts, EventSeverity } from "#lib/shared/events/types.ts";
import type { TaskState } from "#lib/shared/model/types.ts";
import { type DraftContext, draftOf, eventTime, serviceOf } from "./draft.ts";

/**
 * What happened to the tasks of a service between two reads of all of them: Docker has no events for tasks. Of a task
 * that went through several states in between only the last is told.
 */
export function taskChanges(
  service: WireService,
  before: readonly WireTask[],
  after: readonly WireTask[],
  context: DraftContext,
): readonly EventDraft[] {
  const known = new Map(before.map((task) => [task.ID, task]));
  const present = new Set(after.map((task) => task.ID));
  const changes: { task: WireTask; change: Change; at: number }[] = [];
  for (const task of after) {
    const change = changeOf(known.get(task.ID), task, service, context);
    // Of a lost task the engine still tells when it began to run.
    const told = change?.action === "lost" ? 0 : timeOf(task.Status?.Timestamp);
    if (change) changes.push({ task, change, at: eventTime(told, context.now) });
  }
  for (const task of before) {
    // A live task that is no longer told of was told to stop, and is over.
    if (!present.has(task.ID) && !isOver(stateOf(task)))
      changes.push({ task, change: { action: "shutdown" }, at: context.now });
  }
  return changes
    .sort((a, b) => a.at - b.at)
    .map(({ task, change, at }) => taskEvent(service, task, change, at, context));
}

interface Change {
  readonly action: string;
  readonly severity?: EventSeverity;
  readonly facts?: EventFacts;
}

function taskEvent(
  wire: WireService,
  task: WireTask,
  change: Change,
  at: number,
  { node }: DraftContext,
): EventDraft {
  const service = serviceOf(wire);
  const slot = slotOf(task, wire);
  const id = task.ID ?? "";
  const nodeId = task.NodeID ?? "";
  return draftOf({
    at,
    kind: "task",
    objectId: id,
    objectName: slot === null || slot === 0 ? service.name : `${service.name}.${slot}`,
    service,
    node: nodeId === "" ? null : { id: nodeId, name: node(nodeId)?.name ?? nodeId },
    taskId: id,
    ...change,
  });
}

const waiting: ReadonlySet<TaskState> = new Set(["new", "allocated", "pending"]);
const wantedGone = new Set(["shutdown", "remove"]);

function changeOf(
  before: WireTask | undefined,
  task: WireTask,
  service: WireService,
  { node }: DraftContext,
): Change | null {
  const state = stateOf(task);
  const was = before && stateOf(before);
  const isStopping = wantedGone.has(task.DesiredState ?? "");
  const wasStopping = wantedGone.has(before?.DesiredState ?? "");
  // The manager keeps saying "running" of what was on a node that is down.
  if (!isOver(state) && isStopping && !wasStopping && node(task.NodeID ?? "")?.state === "down") {
    return { action: "lost", severity: "bad" };
  }
  if (waiting.has(state)) return waits(before, task);
  if (state === was) return null;
  if (isOver(state)) return ended(state, task, service, wasStopping);
  if (state === "running") return { action: "running" };
  return was === undefined || waiting.has(was) ? { action: "placed" } : null;
}

/** Why swarm finds no place; told once for each reason. */
function waits(before: WireTask | undefined, task: WireTask): Change | null {
  const reason = textOf(task.Status?.Err, 300);
  if (reason === "" || reason === textOf(before?.Status?.Err, 300)) return null;
  return { action: "waiting", severity: "warn", facts: { error: reason } };
}

function ended(state: TaskState, task: WireTask, service: WireService, wasStopping: boolean): Change | null {
  // What was told to stop has not failed, whatever its exit code; what was lost with its node is told already.
  if (wasStopping) return state === "remove" ? null : { action: "shutdown" };
  const error = textOf(task.Status?.Err, 300);
  const exitCode = task.Status?.ContainerStatus?.ExitCode;
  const facts = {
    ...(typeof exitCode === "number" && exitCode !== 0 ? { exitCode } : {}),
    ...(error === "" ? {} : { error }),
  };
  switch (state) {
    case "failed":
      return { action: "failed", severity: "bad", facts };
    case "rejected":
      return { action: "rejected", severity: "bad", facts };
    case "orphaned":
      return { action: "lost", severity: "bad" };
    case "complete":
      return { action: "complete", severity: modeOf(service.Spec?.Mode).endsWith("job") ? "info" : "warn" };
    case "shutdown":
      return { action: "shutdown" };
    default:
      return null;
  }
}
