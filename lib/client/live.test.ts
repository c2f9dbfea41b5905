import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { diffModels } from "#lib/shared/model/reducer.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import type { ServerFrame } from "#lib/shared/topics.ts";
import { createLive, type Live } from "./live.ts";
import { FakeSocket } from "./testing/fake-socket.ts";

function picture(seq: number, name = `at ${seq}`, id = "local"): ClusterModel {
  const empty = { seq, info: { id, name }, nodes: {}, services: {}, tasks: {}, containers: {} };
  return empty as unknown as ClusterModel;
}

let sockets: FakeSocket[];
let live: Live;
let signedOut: boolean;
const listener = vi.fn();

function socket(): FakeSocket {
  const last = sockets.at(-1);
  if (!last) throw new Error("no socket was opened");
  return last;
}
function step(from: ClusterModel, to: ClusterModel): ServerFrame {
  const delta = diffModels(from, to);
  if (!delta) throw new Error("nothing differs");
  return { type: "delta", sub: 1, delta };
}
/** Watches from picture 5 on an accepted socket. */
function watching(): () => void {
  const leave = live.watch(picture(5), listener);
  socket().serverAccepts();
  return leave;
}

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  signedOut = false;
  listener.mockClear();
  live = createLive({
    open: () => {
      sockets.push(new FakeSocket());
      return socket();
    },
    isSignedOut: async () => signedOut,
    random: () => 0,
  });
});
afterEach(() => void vi.useRealTimers());

describe("watching", () => {
  test("asks with the picture the page has, and applies what follows", () => {
    watching();
    expect(socket().sent).toEqual([
      { type: "subscribe", sub: 1, topic: "cluster", cluster: "local", have: 5 },
    ]);
    socket().serverSays(step(picture(5), picture(6)));
    expect(live.model(picture(5)).info.name).toBe("at 6");
    expect(listener).toHaveBeenCalledOnce();
  });

  test("many watchers of a cluster are one subscription on one socket", () => {
    watching();
    live.watch(picture(5), () => undefined);
    live.watch(picture(5), () => undefined);
    expect(sockets).toHaveLength(1);
    expect(socket().sent).toHaveLength(1);
  });

  test("a gap asks for a snapshot, and shows nothing wrong meanwhile", () => {
    watching();
    socket().serverSays(step(picture(7), picture(8)));
    expect(socket().sent.at(-1)).toEqual({ type: "resync", sub: 1 });
    expect(live.model(picture(5)).info.name).toBe("at 5");
    socket().serverSays({ type: "snapshot", sub: 1, model: picture(8) });
    socket().serverSays(step(picture(8), picture(9)));
    expect(live.model(picture(5)).info.name).toBe("at 9");
  });

  test("a page rendered later with a newer picture is not taken back by older deltas", () => {
    watching();
    live.watch(picture(8), listener);
    socket().serverSays(step(picture(5), picture(6)));
    expect(live.model(picture(8)).info.name).toBe("at 8");
    expect(socket().sent).toHaveLength(1);
    socket().serverSays(step(picture(8), picture(9)));
    expect(live.model(picture(8)).info.name).toBe("at 9");
  });

  test("the subscription outlives a change of page, and ends with the socket some seconds after the last watcher", () => {
    const leave = watching();
    leave();
    vi.advanceTimersByTime(4_000);
    const leaveAgain = live.watch(picture(5), listener);
    vi.advanceTimersByTime(60_000);
    expect(socket().sent).toHaveLength(1);
    leaveAgain();
    vi.advanceTimersByTime(5_000);
    expect(socket().sent.at(-1)).toEqual({ type: "unsubscribe", sub: 1 });
    expect(socket().readyState).toBe(2);
    vi.advanceTimersByTime(600_000);
    expect(sockets).toHaveLength(1);
    live.watch(picture(9), listener);
    expect(sockets).toHaveLength(2);
  });
});

describe("when the socket is lost", () => {
  test("says since when the picture is old, comes back, and asks for what it missed", () => {
    watching();
    vi.advanceTimersByTime(1_000);
    const lostAt = Date.now();
    socket().serverCloses(1006);
    expect(live.connection()).toMatchObject({ state: "reconnecting", lastSeenAt: lostAt });
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(2);
    socket().serverAccepts();
    expect(live.connection()).toMatchObject({ state: "live", lastSeenAt: null });
    expect(socket().sent).toEqual([expect.objectContaining({ type: "subscribe", have: 5 })]);
    socket().serverSays({ type: "snapshot", sub: 1, model: picture(20) });
    expect(live.model(picture(5)).seq).toBe(20);
  });

  test("pauses grow to 10 s while the server is away, and the time of the last picture stays", async () => {
    watching();
    const lostAt = Date.now();
    socket().serverCloses(1006);
    const opened: number[] = [];
    for (let tries = 0; tries < 8; tries += 1) {
      const count = sockets.length;
      const from = Date.now();
      while (sockets.length === count) await vi.advanceTimersByTimeAsync(100);
      opened.push(Date.now() - from);
      socket().serverCloses(1006);
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(opened).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000]);
    expect(live.connection()).toMatchObject({ state: "reconnecting", lastSeenAt: lostAt });
    live.reconnectNow();
    socket().serverAccepts();
    expect(live.connection().state).toBe("live");
  });

  test("a socket that is silent for longer than two hellos is dead", () => {
    watching();
    vi.advanceTimersByTime(30_000);
    socket().serverSays({ type: "hello", build: "b1", now: 0 });
    vi.advanceTimersByTime(74_000);
    expect(live.connection().state).toBe("live");
    vi.advanceTimersByTime(2_000);
    expect(live.connection().state).toBe("reconnecting");
    expect(sockets[0]?.readyState).toBe(2);
    const old = sockets[0];
    vi.advanceTimersByTime(1_000);
    socket().serverAccepts();
    old?.serverCloses(1006);
    expect(live.connection().state).toBe("live");
  });

  test("a session that ended is not a lost connection: no more tries", async () => {
    watching();
    socket().serverCloses(4401);
    expect(live.connection().state).toBe("signedOut");
    await vi.advanceTimersByTimeAsync(600_000);
    expect(sockets).toHaveLength(1);
  });

  test("another access is asked for anew at once, and the page is told", () => {
    watching();
    const seen = vi.fn();
    live.onConnection(seen);
    socket().serverCloses(4410);
    expect(sockets).toHaveLength(2);
    expect(live.connection()).toMatchObject({ state: "live", accessChanges: 1 });
    expect(seen).toHaveBeenCalledOnce();
    socket().serverAccepts();
    expect(socket().sent).toMatchObject([{ type: "subscribe", topic: "cluster", cluster: "local" }]);
  });

  test("a refused socket asks whether this browser is signed out", async () => {
    signedOut = true;
    live.watch(picture(5), listener);
    socket().serverCloses(1006);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(live.connection().state).toBe("signedOut");
    expect(sockets).toHaveLength(1);
  });

  test("a server with another build is told, also to components that mount later", () => {
    watching();
    const seen = vi.fn();
    live.onConnection(seen);
    socket().serverCloses(1001);
    vi.advanceTimersByTime(500);
    socket().serverAccepts("b2");
    expect(live.connection().newBuild).toBe(true);
    expect(seen).toHaveBeenCalled();
  });
});
