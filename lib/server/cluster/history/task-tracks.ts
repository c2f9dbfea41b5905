import type { TaskPhase, TaskStep, TaskTrack } from "#lib/shared/api/history.ts";
import type { NodeView, TaskView } from "#lib/shared/model/types.ts";

/** Most tasks written down of one operation, and most steps of one task. */
const mostTracks = 400;
const mostSteps = 24;
/** Most failed attempts written down of one place. */
const mostFailures = 8;
const failures: ReadonlySet<TaskPhase> = new Set(["failed", "rejected"]);

/** Everything written down so far. */
export interface Tracks {
  readonly tracks: readonly TaskTrack[];
  /** Tasks that found no room. */
  readonly untracked: number;
}

export interface TrackContext {
  readonly nodes: Readonly<Record<string, NodeView>>;
  readonly startedAt: number;
  readonly now: number;
  /** Does the task run what the operation wants? */
  readonly isNew: (task: TaskView) => boolean;
}

const endPhases: ReadonlySet<TaskPhase> = new Set(["failed", "rejected", "complete", "gone"]);

/** Has a task in this phase ended? */
function isEnd(phase: TaskPhase): boolean {
  return endPhases.has(phase);
}

/** Writes down what the tasks of a service do now. Answers the same object when nothing is new. */
export function trackTasks(before: Tracks, tasks: readonly TaskView[], context: TrackContext): Tracks {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  let changed = false;
  const kept = before.tracks.map((track) => {
    const next = continued(track, byId.get(track.id), context);
    changed ||= next !== track;
    return next;
  });
  const known = new Set(before.tracks.map((track) => track.id));
  const fresh = tasks.filter((task) => !known.has(task.id)).sort((a, b) => a.createdAt - b.createdAt);
  const room = Math.max(0, mostTracks - kept.length);
  const added = fresh.slice(0, room).map((task) => begun(task, context));
  const untracked = Math.max(before.untracked, fresh.length - added.length);
  const all = added.length === 0 ? kept : withoutOldFailures([...kept, ...added]);
  if (!changed && added.length === 0 && untracked === before.untracked) return before;
  return { tracks: all, untracked };
}

/** Something that fails over and over keeps its latest attempts; the earlier ones are only counted. */
function withoutOldFailures(tracks: readonly TaskTrack[]): readonly TaskTrack[] {
  const places = Map.groupBy(tracks, ({ slot, nodeId }) =>
    slot === null ? `node ${nodeId}` : `slot ${slot}`,
  );
  const gone = new Set<TaskTrack>();
  const heirs = new Map<TaskTrack, number>();
  for (const attempts of places.values()) {
    const failed = attempts.filter((track) => failures.has(track.steps.at(-1)?.phase ?? "waiting"));
    const surplus = failed.slice(0, Math.max(0, failed.length - mostFailures));
    const heir = failed[surplus.length];
    if (heir === undefined || surplus.length === 0) continue;
    for (const track of surplus) gone.add(track);
    heirs.set(
      heir,
      surplus.reduce((sum, track) => sum + 1 + track.failedBefore, 0),
    );
  }
  if (gone.size === 0) return tracks;
  return tracks.flatMap((track) => {
    if (gone.has(track)) return [];
    return { ...track, failedBefore: track.failedBefore + (heirs.get(track) ?? 0) };
  });
}

function continued(track: TaskTrack, task: TaskView | undefined, context: TrackContext): TaskTrack {
  const last = track.steps.at(-1);
  if (task === undefined) {
    return last && isEnd(last.phase)
      ? track
      : { ...track, steps: [...track.steps, { at: context.now, phase: "gone" }] };
  }
  const phase = phaseOf(task, context.nodes);
  const isNew = track.isNew || context.isNew(task);
  if (phase === last?.phase && task.nodeId === track.nodeId && isNew === track.isNew) return track;
  const steps =
    phase === last?.phase || track.steps.length >= mostSteps
      ? track.steps
      : [...track.steps, { at: momentOf(task, phase, last?.at ?? 0, context), phase }];
  return { ...track, nodeId: task.nodeId ?? track.nodeId, isNew, steps };
}

function begun(task: TaskView, context: TrackContext): TaskTrack {
  const phase = phaseOf(task, context.nodes);
  const from = Math.min(context.now, Math.max(context.startedAt, task.createdAt));
  const isOld = task.createdAt < context.startedAt;
  const first: TaskStep = { at: isOld ? context.startedAt : from, phase: isOld ? phase : "waiting" };
  const second: TaskStep = { at: momentOf(task, phase, first.at, context), phase };
  return {
    id: task.id,
    slot: task.slot,
    nodeId: task.nodeId,
    imageTag: task.imageTag,
    isNew: context.isNew(task),
    steps: first.phase === phase ? [first] : [first, second],
    failedBefore: 0,
  };
}

/** When a phase began: the engine's own time where it fits between what was seen before and now. */
function momentOf(task: TaskView, phase: TaskPhase, after: number, { now }: TrackContext): number {
  if (phase === "stopping" || phase === "gone") return now;
  return Math.min(now, Math.max(after, task.since));
}

/** What a lane shows of a task's state. */
function phaseOf(task: TaskView, nodes: Readonly<Record<string, NodeView>>): TaskPhase {
  switch (task.state) {
    case "failed":
    case "rejected":
      return task.state;
    case "complete":
      return task.health === "unhealthy" ? "failed" : "complete";
    case "shutdown":
    case "remove":
    case "orphaned":
      return "gone";
    default:
  }
  if (task.desired === "shutdown" || task.desired === "remove") {
    return task.nodeId !== null && nodes[task.nodeId]?.state === "down" ? "gone" : "stopping";
  }
  if (task.state === "preparing") return "pulling";
  if (task.state === "starting") return "starting";
  if (task.state === "running") return task.health === "starting" ? "starting" : "running";
  return "waiting";
}
