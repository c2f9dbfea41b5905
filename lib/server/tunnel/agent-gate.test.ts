import { once } from "node:events";
import { performServerHandshake } from "node:http2";
import { connect } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import type { AgentFacts, Challenge, Refused, Welcome } from "#lib/shared/agent/protocol.ts";
import { isJoinProof, isKeySignature, type KeyPair } from "#lib/tunnel/proofs.ts";
import { WebSocketPipe } from "#lib/tunnel/web-socket-pipe.ts";
import { agentIdOf } from "./agents.ts";
import { helloOf, newKey } from "./testing/hello.ts";
import { startTunnelServer, type TunnelServer, type TunnelServerOptions } from "./testing/tunnel-server.ts";

const joinKey = "join-key-of-the-only-cluster-0123456789";
const servers: TunnelServer[] = [];
const sockets: WebSocket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(options: Partial<TunnelServerOptions> = {}): Promise<TunnelServer> {
  const server = await startTunnelServer({ joinKey, ...options });
  servers.push(server);
  return server;
}

/** A socket at the door, and what is said on it, in order. */
function knock({ port }: TunnelServer, headers: Readonly<Record<string, string>> = {}) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/agent`, { headers, perMessageDeflate: false });
  sockets.push(socket);
  socket.on("error", () => undefined);
  const heard: string[] = [];
  socket.on("message", (data, isBinary) => {
    if (isBinary) return;
    heard.push(String(data));
    // In the same turn: what follows is HTTP/2 already.
    if (String(data).includes('"welcome"')) serveNothing(socket);
  });
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  const next = async <T>(index: number): Promise<T> => {
    await vi.waitUntil(() => heard[index] ?? socket.readyState >= WebSocket.CLOSING, { timeout: 8_000 });
    return JSON.parse(heard[index] ?? "null") as T;
  };
  return { socket, closed, next };
}

/** The agent's side of HTTP/2: every stream is refused. */
function serveNothing(socket: WebSocket): void {
  const pipe = new WebSocketPipe(socket);
  const session = performServerHandshake(pipe);
  session.on("error", () => undefined);
  session.on("stream", (stream) => {
    stream.respond({ ":status": 502, "x-shoal-errno": "ENOENT" }, { endStream: true });
  });
}

/** Comes in as an agent should. */
async function comeIn(server: TunnelServer, options: { key?: KeyPair; facts?: Partial<AgentFacts> } = {}) {
  const door = knock(server);
  const challenge = await door.next<Challenge>(0);
  const hello = helloOf({ challenge, joinKey, ...options });
  door.socket.send(JSON.stringify(hello));
  const answer = await door.next<Welcome | Refused>(1);
  return { ...door, challenge, hello, answer };
}

describe("an agent that proves itself", () => {
  test("is taken in, and the server proves itself to it", async () => {
    const server = await start();
    const key = newKey();
    const { challenge, hello, answer } = await comeIn(server, { key });
    const welcome = answer as Welcome;
    expect(welcome).toMatchObject({ type: "welcome", cluster: { id: "local" } });
    expect(isJoinProof(welcome.proof ?? "", joinKey, "server", challenge, hello)).toBe(true);
    expect(isKeySignature(welcome.signature, challenge.serverKey, "server", challenge, hello)).toBe(true);
    // What the agent said cannot be said back to it.
    expect(welcome.proof).not.toBe(hello.proof);
    expect(server.ups).toEqual([agentIdOf(key.publicKey)]);
  });

  test("the server is known again by the same key after a restart", async () => {
    const server = await start();
    const first = await knock(server).next<Challenge>(0);
    const second = await knock(server).next<Challenge>(0);
    expect(second.serverKey).toBe(first.serverKey);
    expect(second.nonce).not.toBe(first.nonce);
  });

  test("an engine that is not there is an error of its own, and no reason to lose the agent", async () => {
    const server = await start();
    const key = newKey();
    await comeIn(server, { key });
    const target = server.targets.get(agentIdOf(key.publicKey));
    await expect(target?.open()).rejects.toMatchObject({ code: "ENOENT" });
    expect(server.tunnel.agents.list("local")[0]?.connectedSince).not.toBeNull();
  });

  test("a second connection of the same agent takes the place of the first", async () => {
    const server = await start();
    const key = newKey();
    const first = await comeIn(server, { key });
    await comeIn(server, { key });
    await first.closed;
    const [agent] = server.tunnel.agents.list("local");
    expect(agent).toMatchObject({ reconnects: 1 });
    expect(agent?.connectedSince).not.toBeNull();
  });

  test("once shut out it is gone at once, and comes in again when it is let in", async () => {
    const server = await start();
    const key = newKey();
    const id = agentIdOf(key.publicKey);
    const { closed } = await comeIn(server, { key });
    server.tunnel.agents.revoke("local", id);
    await closed;
    await expect(server.tunnel.agents.open(key.publicKey, "docker")).rejects.toMatchObject({
      code: "EAGENTOFFLINE",
    });
    expect((await comeIn(server, { key })).answer).toMatchObject({ type: "refused", code: "revoked" });
    server.tunnel.agents.accept("local", id);
    expect((await comeIn(server, { key })).answer).toMatchObject({ type: "welcome" });
  });

  test("a new key of a node waits, and takes the old one's place when it is accepted", async () => {
    const server = await start();
    const oldKey = newKey();
    const freshKey = newKey();
    const old = await comeIn(server, { key: oldKey });
    expect((await comeIn(server, { key: freshKey })).answer).toMatchObject({
      type: "refused",
      code: "waiting",
    });
    server.tunnel.agents.accept("local", agentIdOf(freshKey.publicKey));
    await old.closed;
    expect((await comeIn(server, { key: freshKey })).answer).toMatchObject({ type: "welcome" });
    expect(server.tunnel.agents.list("local").map(({ row }) => row.publicKey)).toEqual([freshKey.publicKey]);
    // The old one is a stranger with a valid join key now: its node is taken.
    expect((await comeIn(server, { key: oldKey })).answer).toMatchObject({
      type: "refused",
      code: "waiting",
    });
  });
});

describe("a stranger", () => {
  test("with a wrong key hears why, in words and when to come again, and the log tells it once", async () => {
    const server = await start();
    for (let n = 0; n < 3; n += 1) {
      const door = knock(server);
      const challenge = await door.next<Challenge>(0);
      door.socket.send(
        JSON.stringify(helloOf({ challenge, joinKey: "another-join-key-of-somebody-0123456789" })),
      );
      const refused = await door.next<Refused>(1);
      expect(refused).toMatchObject({ type: "refused", code: "wrong_key", retryAfter: 30 });
      expect(refused.message).toContain("join key");
      await door.closed;
    }
    expect(server.warnings).toHaveLength(1);
    expect(server.warnings.join()).not.toContain(joinKey);
    expect(server.targets.size).toBe(0);
  });

  test("that replays what an agent said is refused: the nonce is another one", async () => {
    const server = await start();
    const { hello } = await comeIn(server);
    const door = knock(server);
    await door.next<Challenge>(0);
    door.socket.send(JSON.stringify(hello));
    expect(await door.next<Refused>(1)).toMatchObject({ code: "bad_signature" });
  });

  test.each([
    ["no JSON", "hello"],
    ["another shape", '{"type":"hello","protocol":1}'],
    ["a prototype", '{"__proto__":{"type":"hello"}}'],
    ["a binary frame", Buffer.from([1, 2, 3])],
  ])("that says %s is refused", async (_name, said) => {
    const server = await start();
    const door = knock(server);
    await door.next<Challenge>(0);
    door.socket.send(said);
    expect(await door.next<Refused>(1)).toMatchObject({ code: "malformed" });
  });

  test("with a frame of 100 MB is cut off before it is read", async () => {
    const server = await start();
    const door = knock(server);
    await door.next<Challenge>(0);
    const before = process.memoryUsage().arrayBuffers;
    door.socket.send(Buffer.alloc(100_000_000));
    const code = await door.closed;
    expect([1009, 1006]).toContain(code);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150_000_000);
    expect((await comeIn(server)).answer).toMatchObject({ type: "welcome" });
  });

  test("after the handshake, a frame of 100 MB ends that tunnel alone", async () => {
    const server = await start();
    const bad = await comeIn(server, { facts: { swarmNodeId: "n1" } });
    const goodKey = newKey();
    await comeIn(server, { key: goodKey, facts: { swarmNodeId: "n2" } });
    bad.socket.send(Buffer.alloc(100_000_000));
    await bad.closed;
    const here = server.tunnel.agents.list("local").filter(({ connectedSince }) => connectedSince !== null);
    expect(here.map(({ row }) => row.publicKey)).toEqual([goodKey.publicKey]);
  });

  test("that asks the server for things over its tunnel is answered with nothing", async () => {
    const server = await start();
    const { socket, closed } = await comeIn(server);
    // A request of its own: in this connection only the server may ask.
    socket.send(Buffer.from("GET /api/v1/clusters HTTP/1.1\r\nHost: shoal\r\n\r\n"));
    await closed;
  });

  test("from a page in a browser is refused before anything is said", async () => {
    const server = await start();
    const { socket } = knock(server, { origin: `http://127.0.0.1:${server.port}` });
    const [, answer] = (await once(socket, "unexpected-response")) as [unknown, { statusCode: number }];
    expect(answer.statusCode).toBe(403);
  });

  test("many that say nothing hold only so many places, each for so long, and agents still come in", async () => {
    const server = await start({ limits: { pending: 20, pendingPerAddress: 5 } });
    const silent = Array.from({ length: 5 }, () => knock(server));
    await Promise.all(silent.map(({ next }) => next<Challenge>(0)));
    const { socket } = knock(server);
    const [, answer] = (await once(socket, "unexpected-response")) as [unknown, { statusCode: number }];
    expect(answer.statusCode).toBe(429);
    // A request that is never finished is none of them.
    const slow = connect(server.port, "127.0.0.1");
    slow.on("error", () => undefined);
    slow.write("GET /agent HTTP/1.1\r\nHost: shoal\r\nUpgrade: websocket\r\n");
    silent[0]?.socket.terminate();
    await vi.waitUntil(async () => (await comeIn(server)).answer?.type === "welcome", { timeout: 5_000 });
    slow.destroy();
  });
});
