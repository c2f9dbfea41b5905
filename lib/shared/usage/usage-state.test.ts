import { describe, expect, test } from "vitest";
import type { UsageBatch } from "./topic.ts";
import { addBatch, chartLine, newestOf, noUsage, valuesOf } from "./usage-state.ts";

const batch = (slot: number, values: (number | null)[], part: Partial<UsageBatch> = {}): UsageBatch => ({
  stepMs: 10_000,
  slot,
  metrics: ["cpu"],
  series: { web: [values] },
  ...part,
});
const built = (...batches: UsageBatch[]) => batches.reduce(addBatch, noUsage);
const cpu = (...batches: UsageBatch[]) => valuesOf(built(...batches), 10_000, "web", "cpu");

describe("batches become lines", () => {
  test("new values follow, late ones fill, known ones stay", () => {
    expect(cpu(batch(10, [1, null, 3], { whole: true }), batch(11, [2, null, 4]))).toEqual([2, 3, 4]);
    expect(cpu(batch(10, [1, 2, 3], { whole: true }), batch(12, [null]))).toEqual([3, null, null]);
  });

  test("a whole one forgets what was before, also of other grids", () => {
    const fine = batch(100, [5], { stepMs: 1_000 });
    const state = built(batch(10, [1], { whole: true }), fine, batch(90, [7], { whole: true }));
    expect(valuesOf(state, 10_000, "web", "cpu")).toEqual([7]);
    expect(valuesOf(state, 1_000, "web", "cpu")).toEqual([]);
  });

  test("series that a batch does not tell of stay, and so do silent nodes until told otherwise", () => {
    const silent = [{ id: "n", name: "node2", why: "down" }];
    const state = built(
      batch(10, [1], { whole: true, silent }),
      batch(11, [2], { series: { other: [[9]] } }),
    );
    expect(valuesOf(state, 10_000, "web", "cpu")).toEqual([1]);
    expect(state.silent).toEqual(silent);
    expect(addBatch(state, batch(12, [3], { silent: [] })).silent).toEqual([]);
  });
});

test("the newest value is not one of long ago", () => {
  expect(newestOf([1, 2, null])).toBe(2);
  expect(newestOf([1, null, null, null])).toBeNull();
  expect(newestOf([0])).toBe(0);
});

test("a chart shows seconds where they are known, and the gap behind them", () => {
  const state = built(
    batch(12, [1, 2, 3], { whole: true }),
    batch(118, [null, 2.5, 2.6], { stepMs: 1_000 }),
    batch(15, [null, null, null]),
  );
  const line = chartLine(state, "web", "cpu");
  expect(line.slice(-5)).toEqual([
    [117_000, 2.5],
    [118_000, 2.6],
    [130_000, null],
    [140_000, null],
    [150_000, null],
  ]);
});
