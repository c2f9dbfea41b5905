import type { LogState } from "#lib/shared/logs/log-frames.ts";
import type { LogLine } from "#lib/shared/logs/log-line.ts";
import type { LogFollower } from "./log-follower.ts";

/** Lines a reader takes at once, and those it gets of what was there before it came. */
const [mostAtOnce, mostBefore] = [2_000, 10_000];

/** One reader of a followed log, with its own place in it. `close` it. */
export class LogReader {
  private readonly follower: LogFollower;
  private readonly leave: () => void;
  private next: number;
  private told: LogState | null = null;
  private closed = false;

  constructor(follower: LogFollower, leave: () => void) {
    this.follower = follower;
    this.leave = leave;
    this.next = Math.max(follower.ring.start, follower.ring.end - mostBefore);
  }

  /** Lines since the last call, at most 2,000; `missed`: so many were dropped before them, unread. */
  take(): { lines: readonly LogLine[]; missed: number } {
    const { ring } = this.follower;
    const missed = Math.max(0, ring.start - this.next);
    const lines = ring.slice(this.next + missed, mostAtOnce);
    this.next += missed + lines.length;
    return { lines, missed };
  }

  /** The state, when it is another one than at the last call. */
  takeState(): LogState | null {
    const state = this.follower.state();
    if (state === this.told) return null;
    this.told = state;
    return state;
  }

  /** There are lines that were not taken. */
  hasMore(): boolean {
    return this.next < this.follower.ring.end;
  }

  onChange(listener: () => void): () => void {
    return this.follower.onChange(listener);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.leave();
  }
}
