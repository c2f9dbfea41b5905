import { expect, test } from "vitest";
import { SampleRing } from "./sample-ring.ts";

const row = (ring: SampleRing, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => ring.get(from + i, 0));
const gap = Number.NaN;

test("keeps the newest, and what was not written is a gap and never zero", () => {
  const ring = new SampleRing(4, 2);
  expect(ring.get(100, 0)).toBeNaN();
  ring.put(100, [1, 10]);
  ring.put(101, [2, 20]);
  ring.put(103, [4, 40]);
  expect(row(ring, 99, 104)).toEqual([gap, 1, 2, gap, 4, gap]);
  expect(ring.get(101, 1)).toBe(20);
  ring.put(105, [6, 60]);
  expect(row(ring, 100, 105)).toEqual([gap, gap, gap, 4, gap, 6]);
});

test("a gap may be filled later, but not one that is no longer kept", () => {
  const ring = new SampleRing(3, 1);
  ring.put(10, [1]);
  ring.put(12, [3]);
  ring.put(11, [2]);
  ring.put(9, [9]);
  expect(row(ring, 9, 12)).toEqual([gap, 1, 2, 3]);
});

test("after a long silence nothing old is left", () => {
  const ring = new SampleRing(3, 1);
  for (const slot of [1, 2, 3]) ring.put(slot, [slot]);
  ring.put(1_000, [7]);
  expect(row(ring, 996, 1_000)).toEqual([gap, gap, gap, gap, 7]);
});

test("500 containers × 90 samples of six metrics take about a megabyte", () => {
  const rings = Array.from({ length: 500 }, () => new SampleRing(90, 6));
  const bytes = rings.reduce(
    (sum, ring) => sum + ring.slots * ring.metrics * Float32Array.BYTES_PER_ELEMENT,
    0,
  );
  expect(bytes).toBeLessThanOrEqual(1.1 * 1024 * 1024);
});
