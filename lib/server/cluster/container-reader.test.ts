import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { DockerEvent, WireContainer } from "#lib/server/docker/wire.ts";
import { type ContainerReader, createContainerReader } from "./container-reader.ts";
import type { Link } from "./link.ts";

let rows: readonly WireContainer[];
let tookMs: number;
let isBroken: boolean;
let reads: number;
let told: (readonly WireContainer[])[];
let failures: number;
let reader: ContainerReader;

const event = (Action: string, ID = "c1") =>
  ({ Type: "container", Action, Actor: { ID, Attributes: {} } }) as unknown as DockerEvent;

beforeEach(() => {
  vi.useFakeTimers();
  rows = [{ Id: "c1", State: "running" }];
  tookMs = 10;
  isBroken = false;
  reads = 0;
  told = [];
  failures = 0;
  const engine = {
    get: async (path: string, options: { query: object }) => {
      expect([path, options.query]).toEqual(["/containers/json", { all: true }]);
      reads += 1;
      const answer = rows;
      await new Promise((resolve) => setTimeout(resolve, tookMs));
      if (isBroken) throw new Error("no");
      return answer;
    },
  };
  const link = { id: "l1", engine: () => engine, signal: () => new AbortController().signal };
  reader = createContainerReader({
    link: link as unknown as Link,
    log: pino({ level: "silent" }),
    onRows: (read) => told.push(read),
    onFailure: () => {
      failures += 1;
    },
  });
});
afterEach(() => {
  reader.stop();
  vi.useRealTimers();
});

describe("the reader of an engine's containers", () => {
  test("makes one read of many events, and another one of those that come while it reads", async () => {
    for (let i = 0; i < 50; i += 1) reader.heard(event("create", `c${i}`));
    await vi.advanceTimersByTimeAsync(105);
    reader.heard(event("start"));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(reads).toBe(2);
  });

  test("under churn that never ends it reads on, but not more than a part of the time", async () => {
    tookMs = 100;
    for (let ms = 0; ms < 11_000; ms += 50) {
      reader.heard(event("create"));
      await vi.advanceTimersByTimeAsync(50);
    }
    // 100 ms of reading and 1 s of rest, ten times.
    expect(reads).toBeGreaterThanOrEqual(9);
    expect(reads).toBeLessThanOrEqual(11);
  });

  test.each([
    ["die", "running", "exited"],
    ["pause", "running", "paused"],
    ["unpause", "paused", "running"],
  ])("looks again until a told %s is in the list", async (action, before, later) => {
    rows = [{ Id: "c1", State: before }];
    reader.heard(event(action));
    await vi.advanceTimersByTimeAsync(900);
    expect(told.length).toBeGreaterThan(1);
    rows = [{ Id: "c1", State: later }];
    await vi.advanceTimersByTimeAsync(5_000);
    expect(told.at(-1)).toEqual(rows);
    const after = reads;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(reads).toBe(after);
  });

  test("a container that was started again is no riddle", async () => {
    reader.heard(event("die"));
    reader.heard(event("start"));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(reads).toBe(1);
  });

  test("ignores what leads to nothing yet, and tries again after a failure", async () => {
    reader.heard(event("kill"));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(reads).toBe(0);
    isBroken = true;
    reader.soon();
    await vi.advanceTimersByTimeAsync(200);
    expect(failures).toBe(1);
    isBroken = false;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(told).toHaveLength(1);
  });
});
