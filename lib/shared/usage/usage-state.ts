import { coarseSlots, coarseStepMs, fineSlots, fineStepMs, type UsageMetric } from "./metrics.ts";
import type { NodeUsageFacts, SilentNode, UsageBatch, UsageValues } from "./topic.ts";

/** Values of one series on one grid; the last of each metric lies at `slot`. */
export interface UsagePoints {
  readonly slot: number;
  readonly values: readonly UsageValues[];
}

/** What a page knows of a scope: put together from batches, a new object with each. */
export interface UsageState {
  readonly isLoaded: boolean;
  readonly metrics: readonly UsageMetric[];
  /** By the step of the grid, then by series. */
  readonly grids: Readonly<Record<number, Readonly<Record<string, UsagePoints>>>>;
  readonly silent: readonly SilentNode[];
  readonly node: NodeUsageFacts | null;
}

export const noUsage: UsageState = { isLoaded: false, metrics: [], grids: {}, silent: [], node: null };

/** How much of each grid a page keeps; of others as much as comes at once. */
const kept: Readonly<Record<number, number>> = { [coarseStepMs]: coarseSlots, [fineStepMs]: fineSlots };

/** Adds values behind those that are there; slots nobody told of are a gap, and a known value stays. */
function addPoints(before: UsagePoints | undefined, next: UsagePoints, most: number): UsagePoints {
  if (before === undefined) return next;
  const slot = Math.max(before.slot, next.slot);
  const at = ({ slot: end, values }: UsagePoints, metric: number, wanted: number) => {
    const line = values[metric] ?? [];
    return line[line.length - 1 - (end - wanted)] ?? null;
  };
  const values = next.values.map((_, metric) =>
    Array.from({ length: most }, (__, i) => {
      const wanted = slot - most + 1 + i;
      return at(next, metric, wanted) ?? at(before, metric, wanted);
    }),
  );
  return { slot, values };
}

/** The state after a batch. */
export function addBatch(state: UsageState, batch: UsageBatch): UsageState {
  const { stepMs, slot, series, metrics, whole, silent, node } = batch;
  const before = whole ? {} : (state.grids[stepMs] ?? {});
  const next: Record<string, UsagePoints> = { ...before };
  for (const [id, values] of Object.entries(series)) {
    const known = before[id];
    const most = kept[stepMs] ?? 0;
    // Of a list as many as there were at first; of the map one.
    const length = Math.min(
      most || Number.MAX_SAFE_INTEGER,
      Math.max(lengthOf(known), values[0]?.length ?? 0),
    );
    next[id] = addPoints(known, { slot, values }, length);
  }
  return {
    isLoaded: true,
    metrics,
    grids: whole ? { [stepMs]: next } : { ...state.grids, [stepMs]: next },
    silent: silent ?? state.silent,
    node: node ?? state.node,
  };
}

function lengthOf(points: UsagePoints | undefined): number {
  return points?.values[0]?.length ?? 0;
}

/** The values of a metric of a series; none when it is not known. */
export function valuesOf(state: UsageState, stepMs: number, id: string, metric: UsageMetric): UsageValues {
  return state.grids[stepMs]?.[id]?.values[state.metrics.indexOf(metric)] ?? [];
}

/** The newest value that is not older than some slots; null: not known now. */
export function newestOf(values: UsageValues, slots = 3): number | null {
  return values.slice(-slots).findLast((value) => value !== null) ?? null;
}

/** A point of a chart: ms since 1970, and the value then or a gap. */
export type ChartPoint = readonly [at: number, value: number | null];

/** The last quarter of an hour as one line: every 10 s, and every second as far back as that was watched. */
export function chartLine(state: UsageState, id: string, metric: UsageMetric): readonly ChartPoint[] {
  const place = state.metrics.indexOf(metric);
  const slow = linePoints(state.grids[coarseStepMs]?.[id], place, coarseStepMs);
  const quick = linePoints(state.grids[fineStepMs]?.[id], place, fineStepMs);
  const from = quick.findIndex(([, value]) => value !== null);
  if (from < 0) return slow;
  const [begin] = quick[from] ?? [0];
  const [end] = quick.at(-1) ?? [0];
  // Behind the last quick value the slow grid goes on: it has the gap of a node that went away.
  const before = slow.filter(([at]) => at < begin);
  const after = slow.filter(([at]) => at > end + coarseStepMs);
  return [...before, ...quick.slice(from), ...after];
}

function linePoints(points: UsagePoints | undefined, place: number, stepMs: number): ChartPoint[] {
  const values = points?.values[place] ?? [];
  const end = points?.slot ?? 0;
  return values.map((value, i) => [(end - values.length + 1 + i) * stepMs, value]);
}
