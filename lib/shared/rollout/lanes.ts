import type { OperationDetail, TaskPhase, TaskTrack } from "../api/history.ts";
import { durationPhrase } from "../format.ts";
import { type Phrase, phrase } from "../i18n/phrase.ts";
import type { Tone } from "../model/task-state.ts";
import { compareNatural } from "../natural-order.ts";

/** A stretch of a lane: one task in one phase. `old`: a task that the operation replaces, while it runs. */
export interface LaneSegment {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly phase: Exclude<TaskPhase, "complete" | "gone"> | "old";
  /** The version, where a task begins to be worth it. */
  readonly label: string | null;
}

/** One slot, or one node of a global service, on the time axis. */
export interface Lane {
  readonly key: string;
  readonly slot: number | null;
  readonly nodeId: string | null;
  readonly segments: readonly LaneSegment[];
  /** At the right: "took 21 s", "starting 5 s", "to come". */
  readonly note: Phrase | null;
  readonly tone: Tone;
  readonly kind: "moving" | "failed" | "done" | "old" | "kept";
  /** The mark's shape. */
  readonly phase: LaneSegment["phase"] | "gone" | "complete";
}

export interface Lanes {
  readonly lanes: readonly Lane[];
  /** Lanes that are not shown because there are too many, by what they are. */
  readonly hidden: { readonly done: number; readonly old: number; readonly kept: number };
  /** The time axis, ms since 1970. */
  readonly from: number;
  readonly to: number;
}

/** From here on only lanes that move or failed are drawn. */
const mostLanes = 40;

/** An operation as lanes on one time axis, at `now`. `nodeName` orders the lanes of a global service. */
export function lanesOf(operation: OperationDetail, now: number, nodeName: (id: string) => string): Lanes {
  const end = operation.endedAt ?? now;
  const axis = axisOf(operation, end);
  const places = Map.groupBy(operation.tracks, placeOf);
  const all = [...places]
    .map(([key, tracks]) => laneOf(key, tracks, operation, end, axis.from))
    .sort((a, b) => compareLanes(a, b, nodeName));
  if (all.length <= mostLanes) return { lanes: all, hidden: { done: 0, old: 0, kept: 0 }, ...axis };
  const shown = all.filter((lane) => lane.kind === "moving" || lane.kind === "failed").slice(0, mostLanes);
  const count = (kind: Lane["kind"]) => all.filter((lane) => lane.kind === kind).length;
  return { lanes: shown, hidden: { done: count("done"), old: count("old"), kept: count("kept") }, ...axis };
}

function compareLanes(a: Lane, b: Lane, nodeName: (id: string) => string): number {
  if (a.slot !== null || b.slot !== null) return (a.slot ?? 0) - (b.slot ?? 0);
  return compareNatural(nodeName(a.nodeId ?? ""), nodeName(b.nodeId ?? ""));
}

function placeOf(track: TaskTrack): string {
  return track.slot === null || track.slot === 0 ? `node ${track.nodeId ?? track.id}` : `slot ${track.slot}`;
}

/** Some time before the change, so that what was there is seen; while it runs, room for what comes. */
function axisOf({ startedAt, endedAt }: OperationDetail, end: number): { from: number; to: number } {
  const length = Math.max(8_000, end - startedAt);
  return { from: startedAt - length * 0.12, to: endedAt === null ? end + length * 0.3 : end + length * 0.02 };
}

function laneOf(
  key: string,
  tracks: readonly TaskTrack[],
  operation: OperationDetail,
  end: number,
  from: number,
): Lane {
  const inOrder = [...tracks].sort((a, b) => Number(a.isNew) - Number(b.isNew) || startOf(a) - startOf(b));
  const segments = inOrder.flatMap((track, index) =>
    segmentsOf(track, end, startOf(track) <= operation.startedAt ? from : null, inOrder[index + 1]),
  );
  const newest = inOrder.at(-1);
  const phase = newest?.steps.at(-1)?.phase ?? "waiting";
  const shape: Lane["phase"] = phase === "running" && newest?.isNew === false ? "old" : phase;
  const base = { key, slot: newest?.slot ?? null, nodeId: newest?.nodeId ?? null, segments, phase: shape };
  return { ...base, ...standing(inOrder, operation, end) };
}

function startOf(track: TaskTrack): number {
  return track.steps[0]?.at ?? 0;
}

/** A broken task is drawn until its successor begins, so that it is seen at all. */
function segmentsOf(track: TaskTrack, end: number, from: number | null, next?: TaskTrack): LaneSegment[] {
  return track.steps.flatMap((step, index): LaneSegment[] => {
    if (step.phase === "gone" || step.phase === "complete") return [];
    const broken = step.phase === "failed" || step.phase === "rejected";
    const until = track.steps[index + 1]?.at ?? (broken && next ? Math.max(step.at, startOf(next)) : end);
    const start = index === 0 && from !== null ? from : step.at;
    if (until <= start && !broken) return [];
    const isOld = !track.isNew && step.phase === "running";
    return [
      {
        key: `${track.id} ${index}`,
        from: start,
        to: Math.max(until, start),
        phase: isOld ? "old" : step.phase,
        label: step.phase === "running" ? track.imageTag : null,
      },
    ];
  });
}

const moving: Readonly<Partial<Record<TaskPhase, "waiting" | "pulling" | "starting" | "stopping">>> = {
  waiting: "waiting",
  pulling: "pulling",
  starting: "starting",
  stopping: "stopping",
};

/** What a lane comes to, in a word or two. */
function standing(
  tracks: readonly TaskTrack[],
  operation: OperationDetail,
  end: number,
): Pick<Lane, "note" | "tone" | "kind"> {
  const newest = tracks.at(-1);
  const last = newest?.steps.at(-1);
  const isOver = operation.endedAt !== null;
  if (!newest || !last) return { note: null, tone: "idle", kind: "kept" };
  const leftOut = tracks.reduce((sum, track) => sum + track.failedBefore, 0);
  const failures =
    leftOut +
    tracks.filter((track) => ["failed", "rejected"].includes(track.steps.at(-1)?.phase ?? "")).length;
  if (
    last.phase === "failed" ||
    last.phase === "rejected" ||
    (failures > 0 && last.phase !== "running" && newest.isNew)
  ) {
    return { note: phrase("history.lane.failed", { n: Math.max(1, failures) }), tone: "bad", kind: "failed" };
  }
  const under = moving[last.phase];
  if (under && !isOver) {
    const time = durationPhrase(end - last.at);
    return { note: phrase(`history.lane.${under}`, { time }), tone: "move", kind: "moving" };
  }
  if (last.phase === "gone" || last.phase === "stopping" || last.phase === "complete") {
    const key = last.phase === "complete" ? "history.lane.complete" : "history.lane.gone";
    return { note: phrase(key), tone: "idle", kind: "done" };
  }
  if (!newest.isNew) {
    return isOver
      ? { note: phrase("history.lane.kept"), tone: "idle", kind: "kept" }
      : { note: phrase("history.lane.toCome"), tone: "quiet", kind: "old" };
  }
  if (tracks.length === 1 && startOf(newest) <= operation.startedAt)
    return { note: null, tone: "quiet", kind: "kept" };
  return {
    note: phrase("history.lane.took", { time: durationPhrase(tookMs(tracks, last.at)) }),
    tone: "quiet",
    kind: "done",
  };
}

/** From the moment the old task was told to stop, or the new one was made, to the new one running. */
function tookMs(tracks: readonly TaskTrack[], until: number): number {
  const newest = tracks.at(-1);
  const stop = tracks.flatMap((track) =>
    track.isNew ? [] : track.steps.filter((step) => step.phase === "stopping"),
  )[0];
  return until - Math.min(stop?.at ?? Number.POSITIVE_INFINITY, newest ? startOf(newest) : until);
}
