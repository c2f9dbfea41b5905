import { expect, test } from "vitest";
import type { ContainerCounters } from "#lib/shared/usage/counters.ts";
import { coarse, Track } from "./track.ts";

const step = coarse.stepMs;
const reading = (at: number, cpuNanos: number): ContainerCounters => ({
  id: "0123456789ab",
  at,
  cpuNanos,
  memoryBytes: 100,
  rxBytes: null,
  txBytes: null,
  readBytes: null,
  writeBytes: null,
});
const gap = Number.NaN;
const cpu = (track: Track, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => track.ring.get(from + i, 0));

test("a late reading is the mean of the slots it missed", () => {
  const track = new Track(coarse, 6);
  track.add(10 * step, reading(0, 0));
  track.add(13 * step, reading(30_000, 15e9));
  expect(cpu(track, 9, 14)).toEqual([gap, gap, 0.5, 0.5, 0.5, gap]);
});

test("after a longer silence there is a gap, and no mean over it", () => {
  const track = new Track(coarse, 6);
  track.add(10 * step, reading(0, 0));
  track.add(11 * step, reading(10_000, 5e9));
  track.add(20 * step, reading(100_000, 500e9));
  track.add(21 * step, reading(110_000, 501e9));
  expect(cpu(track, 11, 21).map((value) => Number(value.toFixed(2)))).toEqual([
    0.5, ...Array.from({ length: 9 }, () => gap), 0.1,
  ]); // biome-ignore format: one line
  // What it holds is known at once.
  expect(track.ring.get(20, 1)).toBe(100);
});

test("a container that started anew leaves a hole and no spike", () => {
  const track = new Track(coarse, 6);
  track.add(10 * step, reading(0, 900e9));
  track.add(11 * step, reading(10_000, 905e9));
  track.add(12 * step, reading(20_000, 2e9));
  track.add(13 * step, reading(30_000, 4e9));
  expect(cpu(track, 11, 13).map((value) => Number(value.toFixed(2)))).toEqual([0.5, gap, 0.2]);
});

test("the node's clock may be hours off", () => {
  const track = new Track(coarse, 6);
  track.add(10 * step, reading(9e9, 0));
  track.add(11 * step, reading(9e9 + 10_000, 1e9));
  expect(track.ring.get(11, 0)).toBeCloseTo(0.1);
});
