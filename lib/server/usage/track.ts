import type { ContainerCounters } from "#lib/shared/usage/counters.ts";
import { coarseSlots, coarseStepMs, fineSlots, fineStepMs, slotOf } from "#lib/shared/usage/metrics.ts";
import { ratesBetween } from "#lib/shared/usage/rates.ts";
import { SampleRing } from "./sample-ring.ts";

/** A grid of samples and how far apart two of them may be until what lies between is not known. */
export interface Grid {
  readonly stepMs: number;
  readonly slots: number;
  /** A rate is the mean over the time between two readings, so it holds for every slot in between, up to this many. */
  readonly fill: number;
}

export const coarse: Grid = { stepMs: coarseStepMs, slots: coarseSlots, fill: 3 };
/** Old engines take a second or two for an answer, and many containers take their time. */
export const fine: Grid = { stepMs: fineStepMs, slots: fineSlots, fill: 8 };

interface Reading<T> {
  readonly at: number;
  readonly value: T;
}

/** Where a reading begins to count: after the last one, or here when that was too long ago. */
export function slotsSince(grid: Grid, lastAt: number | null, now: number): readonly number[] {
  const slot = slotOf(now, grid.stepMs);
  if (lastAt === null) return [slot];
  const from = Math.min(slot, Math.max(slotOf(lastAt, grid.stepMs) + 1, slot - grid.fill + 1));
  return Array.from({ length: slot - from + 1 }, (_, i) => from + i);
}

/** Two readings are near enough to be one story. */
export function isNear(grid: Grid, lastAt: number, now: number): boolean {
  return now - lastAt <= (grid.fill + 0.5) * grid.stepMs;
}

/** The use of one container on one grid. */
export class Track {
  readonly ring: SampleRing;
  private readonly grid: Grid;
  private last: Reading<ContainerCounters> | null = null;

  constructor(grid: Grid, metrics: number) {
    this.grid = grid;
    this.ring = new SampleRing(grid.slots, metrics);
  }

  /** The reading before this one, if it is younger than so many ms. */
  recent(now: number, maxAgeMs: number): ContainerCounters | null {
    return this.last !== null && now - this.last.at < maxAgeMs ? this.last.value : null;
  }

  /** `now`: the server's clock, which is one for all nodes. */
  add(now: number, counters: ContainerCounters): void {
    const before = this.last !== null && isNear(this.grid, this.last.at, now) ? this.last : null;
    const rates = ratesBetween(before?.value ?? null, counters);
    for (const slot of slotsSince(this.grid, before?.at ?? null, now)) this.ring.put(slot, rates);
    this.last = { at: now, value: counters };
  }
}
