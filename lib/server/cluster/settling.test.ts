import { beforeEach, describe, expect, test } from "vitest";
import { createSettling } from "./settling.ts";

let now: number;
let settling: ReturnType<typeof createSettling>;

/** Reads the service whenever it is due until `until`; answers the times of the reads. */
function readsUntil(until: number, state: (at: number) => { settled: boolean; changed: boolean }): number[] {
  const times: number[] = [];
  while (settling.nextAt() <= until) {
    now = Math.max(now, settling.nextAt());
    times.push(Math.round(now));
    const { settled, changed } = state(now);
    for (const id of settling.due()) settling.read(id, settled, changed);
  }
  return times;
}

describe("reading again until a service has settled", () => {
  beforeEach(() => {
    now = 0;
    settling = createSettling(() => now);
  });

  test("a trigger is followed closely for 3 s even when nothing is to be seen yet", () => {
    settling.start("s");
    settling.read("s", true, false);
    const times = readsUntil(60_000, () => ({ settled: true, changed: false }));
    expect(times.slice(0, 3)).toEqual([150, 300, 540]);
    expect(times.at(-1)).toBeGreaterThanOrEqual(3_000);
    expect(times.at(-1)).toBeLessThan(6_000);
    expect(settling.nextAt()).toBe(Number.POSITIVE_INFINITY);
  });

  test("pauses grow to 2 s while things move, and reading ends when they have settled", () => {
    settling.start("s");
    const times = readsUntil(120_000, (at) => ({ settled: at > 20_000, changed: at < 20_000 }));
    const pauses = times.map((time, index) => time - (times[index - 1] ?? 0));
    expect(Math.max(...pauses)).toBe(2_000);
    expect(times.at(-1)).toBeLessThan(23_000);
  });

  test("a service in which nothing moves is given up after a minute", () => {
    settling.start("s");
    const times = readsUntil(600_000, () => ({ settled: false, changed: false }));
    expect(times.at(-1)).toBeGreaterThanOrEqual(60_000);
    expect(times.at(-1)).toBeLessThan(63_000);
  });

  test("a service that is found moving without a trigger is followed, too", () => {
    settling.read("s", false, true);
    expect(settling.nextAt()).toBe(150);
  });

  test("a new trigger starts again with short pauses", () => {
    settling.start("s");
    readsUntil(20_000, () => ({ settled: false, changed: true }));
    settling.start("s");
    expect(settling.nextAt() - now).toBe(150);
  });
});
