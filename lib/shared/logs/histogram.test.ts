import { expect, it } from "vitest";
import { LogHistogram } from "./histogram.ts";

it("has bars of equal length, empty ones too, never more than asked for", () => {
  const histogram = new LogHistogram();
  histogram.count(5_000, false, 1);
  histogram.count(25_000, true, 1);
  histogram.count(29_999, false, 1);
  expect(histogram.bars(10)).toEqual({
    stepMs: 10_000,
    bars: [
      { at: 0, lines: 1, errors: 0 },
      { at: 10_000, lines: 0, errors: 0 },
      { at: 20_000, lines: 2, errors: 1 },
    ],
  });
  expect(histogram.bars(2).bars).toHaveLength(2);
  histogram.count(86_400_000 * 400, false, 1);
  const { bars } = histogram.bars(90);
  expect(bars.length).toBeLessThanOrEqual(90);
  expect(bars.reduce((sum, bar) => sum + bar.lines, 0)).toBe(4);
});

it("forgets lines that are no longer kept", () => {
  const histogram = new LogHistogram();
  histogram.count(5_000, true, 1);
  histogram.count(5_000, true, -1);
  expect(histogram.bars(10).bars).toEqual([]);
});
