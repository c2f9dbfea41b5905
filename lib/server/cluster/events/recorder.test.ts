import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { eventsTable } from "#lib/server/db/events.ts";
import { type Db, openDatabase } from "#lib/server/db/open.ts";
import { everyEvent } from "#lib/shared/events/filter.ts";
import type { ClusterEvent } from "#lib/shared/events/types.ts";
import { draftOf } from "./draft.ts";
import { createEventRecorder, type RecorderOptions } from "./recorder.ts";

let dataDir: string;
let db: Db;
let now = 1_000_000_000_000;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "shoal-events-"));
  db = openDatabase(dataDir);
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  db.close();
  rmSync(dataDir, { recursive: true });
});

const log = pino({ level: "silent" });
const recorder = (options: Partial<RecorderOptions> = {}) =>
  createEventRecorder({ cluster: "local", table: eventsTable(db), log, now: () => now, ...options });
const draft = (name: string, at = now) =>
  draftOf({ at, kind: "secret", action: "create", objectId: name, objectName: name });
const all = { filter: everyEvent, limit: 500 };
const names = (events: readonly ClusterEvent[]) => events.map(({ objectName }) => objectName);

test("events are written in one batch a moment later, and told with their ids", () => {
  const events = recorder();
  const told: ClusterEvent[][] = [];
  const leave = events.subscribe((batch) => told.push([...batch]));
  events.add([draft("a")]);
  vi.advanceTimersByTime(200);
  events.add([draft("b")]);
  expect(eventsTable(db).list("local", all).items).toEqual([]);
  vi.advanceTimersByTime(60);
  expect(told.map(names)).toEqual([["a", "b"]]);
  expect(names(eventsTable(db).list("local", all).items)).toEqual(["b", "a"]);
  leave();
  events.add([draft("c")]);
  // Whoever asks is told everything, also what waits.
  expect(names(events.list(all).items)).toEqual(["c", "b", "a"]);
  expect(told).toHaveLength(1);
  events.stop();
});

test("nothing is kept beyond a day, nor beyond so many", () => {
  const events = recorder({ keepMs: 1_000, keepRows: 5 });
  events.add([draft("old", now - 2_000), draft("young", now - 10)]);
  vi.advanceTimersByTime(300);
  expect(names(events.list(all).items)).toEqual(["young"]);
  now += 60_000;
  events.add(Array.from({ length: 9 }, (_, i) => draft(`n${i}`)));
  vi.advanceTimersByTime(300);
  expect(names(events.list(all).items)).toEqual(["n8", "n7", "n6", "n5", "n4"]);
  events.stop();
});

test("a burst is written at once, and stays bounded", () => {
  const events = recorder({ keepRows: 100 });
  events.add(Array.from({ length: 5_000 }, (_, i) => draft(`n${i}`)));
  const { n } = db.prepare("SELECT count(*) AS n FROM events").get() as { n: number };
  expect(n).toBe(100);
  events.stop();
});

test("clusters do not see or push out each other's events", () => {
  const one = recorder();
  const two = recorder({ cluster: "demo", keepRows: 1 });
  one.add([draft("a"), draft("b")]);
  two.add([draft("x"), draft("y")]);
  expect(names(one.list(all).items)).toEqual(["b", "a"]);
  two.list(all);
  one.stop();
  two.stop();
});

test("pages follow each other by id, and filters are SQL with parameters only", () => {
  const events = recorder();
  events.add([draft("a"), draft("it's 100 %_"), draft("c")]);
  const first = events.list({ filter: everyEvent, limit: 2 });
  expect(names(first.items)).toEqual(["c", "it's 100 %_"]);
  const second = events.list({ filter: everyEvent, limit: 2, before: first.next ?? 0 });
  expect(names(second.items)).toEqual(["a"]);
  expect(second.next).toBeNull();
  const text = (words: string) =>
    names(events.list({ filter: { ...everyEvent, text: words }, limit: 9 }).items);
  expect(text("%")).toEqual(["it's 100 %_"]);
  expect(text("' OR 1=1")).toEqual([]);
  expect(text("IT'S")).toEqual(["it's 100 %_"]);
  expect(names(events.list({ filter: { ...everyEvent, stacks: ["-"] }, limit: 9 }).items)).toHaveLength(3);
  events.stop();
});

test("the end of the time that was watched is kept for the next start", () => {
  const table = eventsTable(db);
  const events = recorder();
  expect(table.watchedUntil("local")).toBeNull();
  events.setWatched(true);
  expect(table.watchedUntil("local")).toBe(now);
  now += 20_000;
  vi.advanceTimersByTime(15_000);
  expect(table.watchedUntil("local")).toBe(now);
  events.setWatched(false);
  const until = now;
  now += 60_000;
  vi.advanceTimersByTime(60_000);
  expect(table.watchedUntil("local")).toBe(until);
  events.stop();
});

test("a table that cannot be written is no reason to fail", () => {
  const events = recorder();
  db.exec("DROP TABLE events");
  events.add([draft("a")]);
  expect(() => vi.advanceTimersByTime(300)).not.toThrow();
  events.stop();
});
