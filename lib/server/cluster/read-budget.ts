import { WAITING_MS } from "./phase.ts";

/** Reads that nobody asked for may take this part of a manager's time (architecture §4). */
const SHARE = 0.05;

/** Periods that are shown to people, ms: they must not flicker with every measurement. */
const shownPeriods = [1_000, 2_000, 5_000, 10_000, 20_000, 30_000];

/** When to repeat a read so that it never takes more than 5 % of the time: at least every `longestMs`, at most every `shortestMs`. */
export class ReadBudget {
  private readonly shortestMs: number;
  private readonly longestMs: number;
  private costMs: number | null = null;
  private wasSlow = false;
  private shownMs: number;
  private lastAt = Number.NEGATIVE_INFINITY;

  constructor(shortestMs: number, longestMs: number) {
    this.shortestMs = shortestMs;
    this.longestMs = longestMs;
    this.shownMs = this.roundedUp(shortestMs);
  }

  /** A read ended at `at` and took `costMs`; null when something else made it unnecessary. */
  done(at: number, costMs: number | null): void {
    this.lastAt = at;
    if (costMs === null) return;
    // A read that waited for a leader says nothing about its cost; a second slow one does.
    const first = costMs >= WAITING_MS && !this.wasSlow;
    this.wasSlow = costMs >= WAITING_MS;
    if (first) return;
    // One slow answer of a busy machine is not yet a big swarm.
    this.costMs = this.costMs === null ? costMs : this.costMs * 0.8 + costMs * 0.2;
    const shown = this.roundedUp(this.periodMs());
    // A shorter period is shown once it is kept with room to spare.
    if (shown > this.shownMs || this.costMs / SHARE <= shown * 0.8) this.shownMs = shown;
  }

  dueNow(): void {
    this.lastAt = Number.NEGATIVE_INFINITY;
  }

  dueAt(): number {
    return this.lastAt + this.periodMs();
  }

  periodMs(): number {
    return Math.min(Math.max(this.shortestMs, (this.costMs ?? 0) / SHARE), this.longestMs);
  }

  /** The period as a round figure that is not exceeded, and that does not go back and forth. */
  shownPeriodMs(): number {
    return this.shownMs;
  }

  private roundedUp(periodMs: number): number {
    return shownPeriods.find((shown) => shown >= periodMs) ?? this.longestMs;
  }
}
