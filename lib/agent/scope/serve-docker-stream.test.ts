import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, test } from "vitest";
import type { AgentScope } from "#lib/shared/agent/scope.ts";
import { ask, startAgent, status, type TestAgent } from "./testing/agent-stream.ts";
import { type Recorded, type RecordingEngine, startEngine } from "./testing/recording-engine.ts";

/** How bytes flow at each scope: at the reader's pace, with every end and every break passed on. */
let engine: RecordingEngine;
let agent: TestAgent;

const follow = "GET /containers/x/logs?follow=1 HTTP/1.1\r\nHost: docker\r\n\r\n";
const head = "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n";
const megabyte = Buffer.alloc(1 << 20, "x");

async function start(scope: AgentScope): Promise<{ client: Socket; asked: Recorded }> {
  engine = await startEngine(() => null);
  agent = await startAgent(scope, engine.connect);
  const client = agent.open();
  client.on("error", () => {});
  client.write(follow);
  await expect.poll(() => engine.connections[0]?.bytes()).toContain("\r\n\r\n");
  return { client, asked: engine.connections[0] as Recorded };
}

afterEach(async () => {
  await agent.close();
  await engine.close();
});

/** Writes `count` MB at the pace of the other side; answers how many have gone so far. */
function pour(socket: Socket, count: number): () => number {
  let sent = 0;
  const more = () => {
    while (sent < count && !socket.destroyed) {
      sent += 1;
      if (!socket.write(megabyte)) return void socket.once("drain", more);
    }
    socket.end();
  };
  more();
  return () => sent;
}

/** Waits until a number has stopped rising. */
async function settled(value: () => number): Promise<number> {
  let last = -1;
  while (value() !== last) {
    last = value();
    await pause(150);
  }
  return last;
}

function garbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}

/** Unlike `once`, an error on the way is no reason to give up. */
const over = (socket: Socket, event: "end" | "close") =>
  new Promise<void>((resolve) => void socket.once(event, resolve));

describe.each(["read", "operate", "exec"] as const)("at %s", (scope) => {
  test("the head of an answer goes on before there is any body", async () => {
    const { client, asked } = await start(scope);
    asked.socket.write(head);
    const [first] = (await once(client, "data")) as [Buffer];
    expect(first.toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    asked.socket.write("tick\n");
    expect(String((await once(client, "data"))[0])).toContain("tick\n");
  });

  test("200 MB pass without being gathered", async () => {
    const { client, asked } = await start(scope);
    const collect = garbageCollector();
    /** What is held, without what is merely not collected yet. */
    const memory = () => {
      collect();
      const { external, heapUsed } = process.memoryUsage();
      return external + heapUsed;
    };
    const before = memory();
    let received = 0;
    let most = 0;
    client.on("data", (chunk: Buffer) => {
      const steps = Math.floor(received / (16 * megabyte.length));
      received += chunk.length;
      if (Math.floor(received / (16 * megabyte.length)) > steps) most = Math.max(most, memory() - before);
    });
    asked.socket.write(head);
    pour(asked.socket, 200);
    await expect.poll(() => received, { timeout: 12_000 }).toBeGreaterThanOrEqual(200 * megabyte.length);
    expect(most).toBeLessThan(100 * megabyte.length);
  });

  test("a reader that stalls holds the engine back, and then gets everything", async () => {
    const { client, asked } = await start(scope);
    client.pause();
    asked.socket.write(head);
    const sent = pour(asked.socket, 100);
    const stalledAt = await settled(sent);
    expect(stalledAt).toBeLessThan(20);
    let received = 0;
    client.on("data", (chunk: Buffer) => {
      received += chunk.length;
    });
    client.resume();
    await expect.poll(() => received, { timeout: 10_000 }).toBeGreaterThanOrEqual(100 * megabyte.length);
  });

  test("a follower that goes away ends the engine's stream, also while it stalls", async () => {
    const { client, asked } = await start(scope);
    client.pause();
    asked.socket.write(head);
    const sent = pour(asked.socket, 100);
    await settled(sent);
    client.destroy();
    await expect.poll(() => asked.socket.destroyed).toBe(true);
    await expect.poll(() => agent.streams[0]?.destroyed).toBe(true);
  });

  test("a follower that goes away before the engine answers ends the request", async () => {
    const { client, asked } = await start(scope);
    client.destroy();
    await expect.poll(() => asked.socket.destroyed).toBe(true);
  });

  test("an engine that breaks off breaks the answer off", async () => {
    const { client, asked } = await start(scope);
    let text = "";
    client.on("data", (chunk) => {
      text += chunk;
    });
    asked.socket.write(head.replace("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n5\r\ntick\n\r\n"));
    await expect.poll(() => text).toContain("tick");
    asked.socket.destroy();
    await over(client, "end");
    expect(text).not.toMatch(/\r\n0\r\n/);
    // Half of a raw connection may still be wanted; an answer that broke is the end of its stream.
    if (scope === "exec") client.end();
    await expect.poll(() => agent.streams[0]?.destroyed).toBe(true);
  });
});

describe("less than the full scope", () => {
  test("the end of the stream ends what was asked for", async () => {
    const { client, asked } = await start("read");
    asked.socket.write(head);
    client.end();
    await expect.poll(() => asked.socket.destroyed).toBe(true);
  });

  test("the end of the stream does so also while the reader stalls", async () => {
    const { client, asked } = await start("read");
    client.pause();
    asked.socket.write(head);
    const sent = pour(asked.socket, 100);
    await settled(sent);
    client.end();
    await expect.poll(() => asked.socket.destroyed).toBe(true);
  });

  test("an engine that is not there is said to be so, without its path", async () => {
    engine = await startEngine();
    agent = await startAgent("read", () => connect("/nowhere/docker.sock"));
    const answer = await ask(agent, "GET /info");
    expect(status(answer)).toBe(502);
    expect(answer).toContain("the agent cannot reach its engine: ENOENT");
    expect(answer).not.toContain("nowhere");
  });

  test("a second answer of the engine goes nowhere", async () => {
    const { client, asked } = await start("read");
    asked.socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\nmore`);
    const parts: Buffer[] = [];
    client.on("data", (chunk: Buffer) => parts.push(chunk));
    await expect.poll(() => Buffer.concat(parts).toString()).toMatch(/ok\r\n0\r\n\r\n$/);
    await pause(50);
    expect(Buffer.concat(parts).toString()).not.toContain("more");
  });
});

describe("the full scope is a raw connection", () => {
  test("every byte goes both ways as it is", async () => {
    const { client, asked } = await start("exec");
    expect(asked.bytes()).toBe(follow);
    client.write("POST /exec/x/start HTTP/1.1\r\nUpgrade: tcp\r\n\r\n\0\xff");
    await expect.poll(() => asked.bytes()).toContain("Upgrade: tcp\r\n\r\n\0");
    asked.socket.write("HTTP/1.1 101 UPGRADED\r\n\r\n\0anything");
    expect(String((await once(client, "data"))[0])).toBe("HTTP/1.1 101 UPGRADED\r\n\r\n\0anything");
  });

  test("the end of input is passed on, and output goes on after it", async () => {
    const { client, asked } = await start("exec");
    asked.socket.removeAllListeners("end");
    client.end("last input");
    await once(asked.socket, "end");
    expect(asked.bytes()).toContain("last input");
    asked.socket.write("late output");
    expect(String((await once(client, "data"))[0])).toBe("late output");
    asked.socket.end();
    await once(client, "close");
    await expect.poll(() => agent.streams[0]?.destroyed).toBe(true);
  });

  test("the end of output is passed on, and input goes on after it", async () => {
    const { client, asked } = await start("exec");
    client.resume();
    asked.socket.end("all of it");
    await once(client, "end");
    client.end("still typing");
    await expect.poll(() => asked.bytes()).toContain("still typing");
  });

  test("100 MB of input arrive at the engine's pace", async () => {
    const { client, asked } = await start("exec");
    asked.socket.pause();
    const sent = pour(client, 100);
    expect(await settled(sent)).toBeLessThan(20);
    asked.socket.removeAllListeners("data");
    let received = 0;
    asked.socket.on("data", (chunk: Buffer) => {
      received += chunk.length;
    });
    asked.socket.resume();
    await expect.poll(() => received, { timeout: 10_000 }).toBe(100 * megabyte.length);
  });

  test("an engine that is not there ends the stream", async () => {
    engine = await startEngine();
    agent = await startAgent("exec", () => connect("/nowhere/docker.sock"));
    const client = agent.open();
    client.on("error", () => {});
    client.write(follow);
    await over(client, "close");
    expect(agent.logged.join()).toContain("the engine");
  });
});
