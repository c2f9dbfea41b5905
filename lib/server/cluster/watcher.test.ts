import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "#lib/shared/errors.ts";
import type { Picture } from "./picture.ts";
import type { SwarmReads } from "./reads.ts";
import { createWatcher, type Watcher } from "./watcher.ts";

let watcher: Watcher;
/** When services were asked for, ms since the start. */
let asked: number[];
let fails: boolean;
const onChange = vi.fn();

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  asked = [];
  fails = false;
  onChange.mockClear();
  const services = async () => {
    asked.push(Date.now() - 1_000_000);
    if (fails) throw new AppError("engine_error", "half a document");
    return [];
  };
  watcher = createWatcher({
    reads: {
      get: async () => [],
      list: async () => [],
      listLong: async () => [],
      listWithTexts: services,
    } as unknown as SwarmReads,
    picture: {
      applyNodes: () => {},
      applyServices: () => {},
      applyTasks: () => new Map(),
      serviceIds: () => ["s"],
      service: () => ({ ID: "s" }),
      settled: () => true,
      intake: () => (task: unknown) => task,
    } as unknown as Picture,
    log: pino({ level: "silent" }),
    now: Date.now,
    onChange,
  });
});
afterEach(async () => {
  await watcher.stop();
  vi.useRealTimers();
});

async function pass(ms: number, each: () => void = () => {}): Promise<void> {
  for (let n = 0; n < ms; n += 1) {
    each();
    await vi.advanceTimersByTimeAsync(1);
  }
}

test("events that never pause put no read off, and cost no more than ten rounds a second", async () => {
  watcher.everythingChanged();
  await pass(200);
  const before = asked.length;
  await pass(2_000, () => watcher.serviceChanged("s"));
  const rounds = asked.slice(before);
  expect(rounds[0]).toBeLessThanOrEqual(230);
  expect(rounds.length).toBeGreaterThanOrEqual(15);
  expect(rounds.length).toBeLessThanOrEqual(21);
});

test("a lone event is read 25 ms later", async () => {
  watcher.everythingChanged();
  await pass(1_000);
  const before = asked.length;
  watcher.serviceChanged("s");
  await pass(26);
  expect(asked.slice(before)).toEqual([1_025]);
});

test("a read that fails is told until everything could be read again", async () => {
  watcher.everythingChanged();
  await pass(200);
  expect(watcher.failure()).toBeNull();
  fails = true;
  watcher.serviceChanged("s");
  onChange.mockClear();
  await pass(100);
  expect(watcher.failure()).toMatchObject({ text: "half a document" });
  const since = watcher.failure()?.since;
  expect(onChange).toHaveBeenCalledOnce();
  await pass(2_500);
  expect(watcher.failure()?.since).toBe(since);
  fails = false;
  await pass(1_100);
  expect(watcher.failure()).toBeNull();
  expect(onChange).toHaveBeenCalledTimes(2);
});
