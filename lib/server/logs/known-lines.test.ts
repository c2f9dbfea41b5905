import { describe, expect, it } from "vitest";
import type { LogLine } from "#lib/shared/logs/log-line.ts";
import { KnownLines } from "./known-lines.ts";
import { LineRing } from "./line-ring.ts";

const line = (at: number, more: Partial<LogLine> = {}): LogLine => ({
  taskId: "t1",
  nodeId: "n1",
  stream: "stdout",
  at,
  nanos: 0,
  text: `line ${at}`,
  cut: 0,
  ...more,
});

describe("known lines", () => {
  it("are told from new ones: by task, stream, time and text", () => {
    const known = new KnownLines();
    expect(known.isNew(line(1))).toBe(true);
    expect(known.isNew(line(1))).toBe(false);
    for (const other of [
      line(2),
      line(1, { nanos: 1 }),
      line(1, { taskId: "t2" }),
      line(1, { stream: "stderr" }),
      line(1, { text: "x" }),
    ])
      expect(known.isNew(other)).toBe(true);
  });

  it("a node that comes back repeats its last lines, long after: they are known still", () => {
    const known = new KnownLines();
    for (let at = 0; at < 1_000; at += 1) known.isNew(line(at));
    for (let at = 0; at < 10_000; at += 1) known.isNew(line(at, { taskId: "t2" }));
    for (let at = 800; at < 1_000; at += 1) expect(known.isNew(line(at))).toBe(false);
  });

  it("after a stream was opened again everything up to where a task stood is old, until it has caught up", () => {
    const known = new KnownLines();
    for (let at = 0; at < 5_000; at += 1) known.isNew(line(at));
    known.reopened();
    expect(known.isNew(line(10))).toBe(false);
    expect(known.isNew(line(5_000))).toBe(true);
    expect(known.isNew(line(10, { taskId: "t2" }))).toBe(true);
    known.caughtUp();
    // A clock that was set back: its lines are new.
    expect(known.isNew(line(4_000, { text: "after the clock was set back" }))).toBe(true);
  });

  it("a new stream begins where the quietest of the tasks that write stands", () => {
    const known = new KnownLines();
    known.isNew(line(100));
    known.isNew(line(900, { taskId: "t2" }));
    known.isNew(line(950, { taskId: "t3" }));
    expect(known.resumeFrom(500)).toBe(900);
    expect(known.resumeFrom(0)).toBe(100);
    expect(known.resumeFrom(2_000)).toBeNull();
  });
});

describe("the ring", () => {
  it("numbers lines, and lets the oldest go by count and by size", () => {
    const ring = new LineRing(10, 1_000_000);
    for (let at = 0; at < 25; at += 1) ring.push(line(at));
    expect(ring.end).toBe(25);
    expect(ring.end - ring.start).toBeLessThanOrEqual(11);
    expect(ring.slice(20, 2).map((each) => each.at)).toEqual([20, 21]);
    expect(ring.slice(0, 1)[0]?.at).toBe(ring.start);
    const heavy = new LineRing(1_000, 10_000);
    for (let at = 0; at < 50; at += 1) heavy.push(line(at, { text: "x".repeat(1_000) }));
    expect(heavy.end - heavy.start).toBeLessThan(7);
    expect(heavy.end).toBe(50);
  });
});
