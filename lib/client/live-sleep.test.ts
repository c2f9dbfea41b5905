import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { diffModels } from "#lib/shared/model/reducer.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { createLive, type Live } from "./live.ts";
import { FakeSocket } from "./testing/fake-socket.ts";

const HOUR = 3_600_000;

function picture(seq: number): ClusterModel {
  const empty = {
    seq,
    info: { id: "local", name: `at ${seq}` },
    nodes: {},
    services: {},
    tasks: {},
    containers: {},
  };
  return empty as unknown as ClusterModel;
}

let sockets: FakeSocket[];
let live: Live;
const last = () => sockets.at(-1) ?? expect.fail("no socket was opened");
/** The clock goes on and no timer runs: what a computer that sleeps looks like afterwards. */
const sleep = (ms: number) => vi.setSystemTime(Date.now() + ms);

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  live = createLive({
    open: () => {
      sockets.push(new FakeSocket());
      return last();
    },
    isSignedOut: async () => false,
    random: () => 0,
  });
  live.watch(picture(5), () => undefined);
  last().serverAccepts();
  vi.advanceTimersByTime(1_000);
  last().serverSays({ type: "hello", build: "b1", now: 0 });
});
afterEach(() => void vi.useRealTimers());

describe("a laptop that slept for an hour", () => {
  test("dials anew at once when it wakes up, says how old its picture is, and gets a fresh one", () => {
    const heardAt = Date.now();
    const states: unknown[] = [];
    live.onConnection(() => states.push(live.connection()));
    sleep(HOUR);
    live.reconnectNow();
    expect(states).toMatchObject([{ state: "reconnecting", lastSeenAt: heardAt }]);
    expect(sockets).toHaveLength(2);
    expect(sockets[0]?.readyState).toBe(2);
    last().serverAccepts();
    expect(last().sent).toMatchObject([{ type: "subscribe", have: 5 }]);
    last().serverSays({ type: "snapshot", sub: 1, model: picture(9_000) });
    expect(live.connection()).toMatchObject({ state: "live", lastSeenAt: null });
    expect(live.model(picture(5)).seq).toBe(9_000);
    // What the dead socket still had to say is not heard.
    sockets[0]?.serverSays({ type: "snapshot", sub: 1, model: picture(7) });
    sockets[0]?.serverCloses(1006);
    expect(live.model(picture(5)).seq).toBe(9_000);
    expect(live.connection().state).toBe("live");
  });

  test("notices it by its clock within seconds when nobody tells it that it woke up", () => {
    const heardAt = Date.now();
    sleep(HOUR);
    vi.advanceTimersByTime(5_000);
    expect(live.connection()).toMatchObject({ state: "reconnecting", lastSeenAt: heardAt });
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(2);
  });

  test("says how old its picture is when the system tells of the loss first", () => {
    const heardAt = Date.now();
    sleep(HOUR);
    last().serverCloses(1006);
    expect(live.connection()).toMatchObject({ state: "reconnecting", lastSeenAt: heardAt });
  });

  test("keeps that age while the server cannot be reached", async () => {
    const heardAt = Date.now();
    sleep(HOUR);
    live.reconnectNow();
    for (let turn = 0; turn < 20; turn += 1) {
      last().serverCloses(1006);
      await vi.advanceTimersByTimeAsync(11_000);
    }
    expect(live.connection()).toMatchObject({ state: "reconnecting", lastSeenAt: heardAt });
  });
});

describe("a socket that works", () => {
  test("is kept when the tab is looked at again, and when the clock is set back", () => {
    sleep(20_000);
    live.reconnectNow();
    sleep(-HOUR);
    vi.advanceTimersByTime(30_000);
    live.reconnectNow();
    expect(sockets).toHaveLength(1);
    // Set back or not: without a word from the server it is given up.
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(2);
  });

  test("is asked once for a snapshot, however many steps come before it", () => {
    for (let seq = 8; seq < 20; seq += 1) {
      const delta = diffModels(picture(seq), picture(seq + 1));
      if (delta) last().serverSays({ type: "delta", sub: 1, delta });
    }
    expect(last().sent.filter(({ type }) => type === "resync")).toHaveLength(1);
    last().serverSays({ type: "snapshot", sub: 1, model: picture(20) });
    const gap = diffModels(picture(22), picture(23));
    if (gap) last().serverSays({ type: "delta", sub: 1, delta: gap });
    expect(last().sent.filter(({ type }) => type === "resync")).toHaveLength(2);
  });

  test("leaves no timer behind when nobody looks any more", () => {
    const leave = live.channel({ topic: "clusters" }, { onAsked: () => undefined, onFrame: () => undefined });
    leave();
    const other = createLive({
      open: () => new FakeSocket(),
      isSignedOut: async () => false,
    });
    const before = vi.getTimerCount();
    const end = other.watch(picture(1), () => undefined);
    end();
    vi.advanceTimersByTime(5_000);
    expect(vi.getTimerCount()).toBeLessThanOrEqual(before);
  });
});
