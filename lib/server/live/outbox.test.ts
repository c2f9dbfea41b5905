import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { WebSocket } from "ws";
import type { Caller } from "#lib/server/runtime-types.ts";
import type { ServerFrame } from "#lib/shared/topics.ts";
import { type ConnectionContext, serveConnection } from "./connection.ts";
import { createFeed, type Feed } from "./feed.ts";
import { createOutbox } from "./outbox.ts";

/** A socket whose other end takes what it is sent when the test says so. */
class Line extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  readonly sent: string[] = [];
  private begun = "";
  private held: (() => void)[] = [];
  closed: number | null = null;
  readonly pause = vi.fn();
  readonly resume = vi.fn();

  send(part: string | Buffer, ...rest: readonly unknown[]): void {
    const done = rest.find((one) => typeof one === "function");
    if (done === undefined) {
      expect(rest).toEqual([{ binary: false, fin: false }]);
      this.begun = String(part);
      return;
    }
    this.sent.push(this.begun + part);
    this.begun = "";
    this.held.push(done as () => void);
  }
  close(code: number): void {
    this.closed = code;
  }
  take(): void {
    for (const done of this.held.splice(0)) done();
  }
  says(frame: object): void {
    this.emit("message", Buffer.from(JSON.stringify(frame)), false);
  }
  of(type: ServerFrame["type"]): string[] {
    return this.sent.filter((text) => text.startsWith(`{"type":"${type}"`));
  }
}

const socketOf = (line: Line) => line as unknown as WebSocket;
const caller = { access: { role: "viewer", clusters: {} } } as unknown as Caller;

describe("the outbox", () => {
  test("counts steps and whole pictures apart, and what was taken", () => {
    const line = new Line();
    const outbox = createOutbox(socketOf(line), 5_000);
    outbox.sendWhole(Buffer.alloc(20_000), "}");
    expect([outbox.isBehind(), outbox.hasRoom(), outbox.drains()]).toEqual([false, false, 0]);
    for (let step = 0; step < 11; step += 1) outbox.sendText("0123456789");
    expect(outbox.isBehind()).toBe(true);
    line.take();
    expect([outbox.isBehind(), outbox.hasRoom(), outbox.drains()]).toEqual([false, true, 1]);
    expect(outbox.taken()).toBe(12);
  });

  test("counts nothing for a socket that is closing", () => {
    const line = new Line();
    line.readyState = 2;
    const outbox = createOutbox(socketOf(line), 100);
    outbox.sendText("lost");
    outbox.sendWhole(Buffer.from("lost"), "}");
    expect(outbox.hasRoom()).toBe(true);
    expect(line.sent).toEqual([]);
  });
});

describe("a client that does not take what it asks for", () => {
  let line: Line;
  let members: number;
  let change: (text: string) => void;

  beforeEach(() => {
    vi.useFakeTimers();
    line = new Line();
    members = 0;
    let picture = { seq: 1, text: "p".repeat(600) };
    const listeners = new Set<(delta: { seq: number; text: string }) => void>();
    change = (text) => {
      picture = { seq: picture.seq + 1, text: "p".repeat(600) };
      for (const listener of listeners) listener({ seq: picture.seq, text });
    };
    const feed: Feed = createFeed(
      {
        picture: () => picture,
        since: () => null,
        subscribe(listener) {
          members += 1;
          listeners.add(listener);
          return () => {
            members -= 1;
            listeners.delete(listener);
          };
        },
      },
      `{"type":"snapshot","model":`,
    );
    const context: Partial<ConnectionContext> = {
      hello: () => ({ type: "hello", build: "b", now: 0 }),
      feedOf: () => feed,
      limits: { maxSubscriptions: 64, maxBufferedBytes: 8_000, drainCheckMs: 250, maxLagMs: 60_000 },
      now: Date.now,
      onError: (error) => {
        throw error;
      },
    };
    serveConnection(socketOf(line), caller, context as ConnectionContext);
  });
  afterEach(() => {
    line.emit("close");
    expect(members).toBe(0);
    expect(vi.getTimerCount(), "timers left by a socket that closed").toBe(0);
    vi.useRealTimers();
  });

  const subscribe = (sub: number) =>
    line.says({ type: "subscribe", sub, topic: "cluster", cluster: "local" });

  test("has few snapshots waiting, however often it asks anew, and gets the newest one", () => {
    subscribe(1);
    for (let turn = 0; turn < 1_000; turn += 1) line.says({ type: "resync", sub: 1 });
    expect(line.of("snapshot").length).toBeLessThanOrEqual(4);
    change("a");
    line.take();
    vi.advanceTimersByTime(250);
    expect(line.of("snapshot").at(-1)).toContain(`"seq":2`);
    expect(line.of("snapshot").length).toBeLessThanOrEqual(5);
  });

  test("subscribes and unsubscribes a thousand times and has few snapshots waiting", () => {
    for (let sub = 1; sub <= 1_000; sub += 1) {
      subscribe(sub);
      line.says({ type: "unsubscribe", sub });
    }
    expect(line.of("snapshot").length).toBeLessThanOrEqual(4);
    expect(members).toBe(0);
  });

  test("is not heard while answers to it wait, and is again when they were taken", () => {
    for (let sub = 1; sub <= 20; sub += 1) {
      line.says({ type: "subscribe", sub, topic: "cluster", cluster: "local" });
      line.says({ type: "subscribe", sub, topic: "cluster", cluster: "local" });
    }
    expect(line.of("error").length).toBeGreaterThan(5);
    expect(line.pause).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(1_000);
    expect(line.resume).not.toHaveBeenCalled();
    line.take();
    vi.advanceTimersByTime(250);
    expect(line.resume).toHaveBeenCalledOnce();
  });

  test("gets what changes while a large snapshot is on its way as steps, not as a snapshot again and again", () => {
    subscribe(1);
    subscribe(2);
    for (let turn = 0; turn < 5; turn += 1) change("x");
    expect(line.of("snapshot")).toHaveLength(2);
    expect(line.of("delta")).toHaveLength(10);
  });

  test("is closed when it has taken nothing for a minute", () => {
    subscribe(1);
    for (let turn = 0; turn < 30; turn += 1) change("y".repeat(100));
    expect(line.of("delta").length).toBeLessThan(15);
    vi.advanceTimersByTime(59_000);
    expect(line.closed).toBeNull();
    vi.advanceTimersByTime(2_000);
    expect(line.closed).toBe(4408);
  });
});
