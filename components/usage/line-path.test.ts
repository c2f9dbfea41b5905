import { expect, test } from "vitest";
import { formatUse, niceMost } from "./format-use.ts";
import { linePath, nearestPoint } from "./line-path.ts";

const scale = { from: 0, to: 100, most: 10, width: 100, height: 10 };

test.each([
  ["a line", [[0, 0], [50, 5], [100, 10]], "M0 10L50 5L100 0"],
  ["a gap interrupts it", [[0, 0], [10, 0], [20, null], [30, 5], [40, 5]], "M0 10L10 10M30 5L40 5"],
  ["a value alone is a stroke", [[0, null], [50, 5], [60, null]], "M50 5h1.5"],
  ["what is before the chart is left out, what is above it is cut", [[-5, 1], [0, 99]], "M0 0h1.5"],
  ["nothing", [[0, null]], ""],
] as const)("%s", (_, points, path) => {
  expect(linePath(points as readonly (readonly [number, number | null])[], scale)).toBe(path);
}); // biome-ignore format: a line each

test("the nearest point may be a gap", () => {
  expect(nearestPoint([[0, 1], [10, null]], 8)).toEqual([10, null]); // biome-ignore format: one line
  expect(nearestPoint([], 8)).toBeNull();
});

test.each([
  ["cpu", 0.003, 0.1],
  ["cpu", 0.37, 0.5],
  ["cpu", 1, 1],
  ["cpu", 3.2, 5],
  ["memory", 34 * 1024 ** 2, 64 * 1024 ** 2],
  ["memory", 600 * 1024 ** 2, 1024 ** 3],
  ["rx", 0, 1024],
  ["load", 0.2, 1],
] as const)("the axis of %s up to %d ends at %d", (metric, value, most) => {
  expect(niceMost(metric, value)).toBeCloseTo(most, 6);
});

test("values have units, and little is not nothing", () => {
  expect(formatUse("cpu", 0.004)).toBe("< 0.01 CPU");
  expect(formatUse("cpu", 0)).toBe("0 CPU");
  expect(formatUse("tx", 2_048)).toBe("2 KB/s");
});
