import { describe, expect, test } from "vitest";
import type { ContainerCounters } from "./counters.ts";
import { ratesBetween } from "./rates.ts";

const reading = (part: Partial<ContainerCounters>): ContainerCounters => ({
  id: "0123456789ab",
  at: 0,
  cpuNanos: 0,
  memoryBytes: 0,
  rxBytes: 0,
  txBytes: 0,
  readBytes: 0,
  writeBytes: 0,
  ...part,
});
const none = Number.NaN;

describe("use between two readings", () => {
  test.each([
    [
      "differences by the time between them",
      { at: 1_000, cpuNanos: 5e9, rxBytes: 1_000, readBytes: 500 },
      { at: 3_000, cpuNanos: 6e9, memoryBytes: 7, rxBytes: 5_000, readBytes: 500 },
      [0.5, 7, 2_000, 0, 0, 0],
    ],
    [
      "a counter that shrinks: started anew, no rate of anything",
      { at: 1_000, cpuNanos: 9e9, rxBytes: 10 },
      { at: 2_000, cpuNanos: 1e9, rxBytes: 4e9, memoryBytes: 5 },
      [none, 5, none, none, none, none],
    ],
    [
      "only the network began anew",
      { at: 1_000, cpuNanos: 1e9, rxBytes: 900 },
      { at: 2_000, cpuNanos: 2e9, rxBytes: 1 },
      [none, 0, none, none, none, none],
    ],
    [
      "the same look told twice",
      { at: 1_000, cpuNanos: 1e9 },
      { at: 1_000, cpuNanos: 1e9, memoryBytes: 3 },
      [none, 3, none, none, none, none],
    ],
    [
      "a clock that was set back",
      { at: 9_000, cpuNanos: 1e9 },
      { at: 1_000, cpuNanos: 2e9 },
      [none, 0, none, none, none, none],
    ],
    [
      "what is not known stays unknown, the rest is not",
      { at: 0, cpuNanos: 0, rxBytes: null, readBytes: null },
      { at: 1_000, cpuNanos: 2e9, memoryBytes: null, rxBytes: 10, readBytes: null },
      [2, none, none, 0, none, 0],
    ],
  ])("%s", (_, before, now, expected) => {
    expect(ratesBetween(reading(before), reading(now))).toEqual(expected);
  });

  test("a first reading tells what is held, and no rate", () => {
    expect(ratesBetween(null, reading({ cpuNanos: 5e12, memoryBytes: 8 }))).toEqual([
      none, 8, none, none, none, none,
    ]); // biome-ignore format: one line
  });
});
