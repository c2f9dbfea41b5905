import { once } from "node:events";
import { Agent, createServer, request } from "node:http";
import { type ClientHttp2Session, connect, performServerHandshake } from "node:http2";
import { Duplex, duplexPair } from "node:stream";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { StreamSocket } from "./stream-socket.ts";

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** An HTTP/2 session over memory; every stream of it is answered by `serve`. */
function tunnel(serve: (socket: Duplex) => void): ClientHttp2Session {
  const [near, far] = duplexPair();
  const server = performServerHandshake(far);
  server.on("stream", (stream) => {
    stream.respond({ ":status": 200 });
    serve(new StreamSocket(stream, () => new Error("gone")));
  });
  const client = connect("http://agent", { createConnection: () => near });
  open.push(
    () => client.destroy(),
    () => server.destroy(),
  );
  return client;
}

async function openStream(session: ClientHttp2Session): Promise<StreamSocket> {
  const stream = session.request({ ":method": "CONNECT", ":authority": "docker" }, { endStream: false });
  await once(stream, "response");
  const socket = new StreamSocket(stream, () => new Error("gone"));
  // The end of a test ends the session with every stream that is still open.
  socket.on("error", () => undefined);
  return socket;
}

/** An HTTP client whose connections are streams of the session. */
function agentOver(session: ClientHttp2Session): Agent {
  const agent = new Agent({ keepAlive: true });
  agent.createConnection = (_options, done) => {
    openStream(session).then(
      (socket) => done?.(null, socket),
      (error) => done?.(error, new Duplex()),
    );
    return undefined;
  };
  open.push(() => agent.destroy());
  return agent;
}

test("requests with a body arrive as they were sent, over connections that are kept", async () => {
  const server = createServer(async (incoming, answer) => {
    answer.end(`${incoming.method} ${incoming.url} ${await text(incoming)}`);
  });
  const agent = agentOver(tunnel((socket) => server.emit("connection", socket)));
  for (let n = 0; n < 50; n += 1) {
    const body = JSON.stringify({ n, text: "x".repeat(n * 37) });
    const call = request({
      agent,
      method: "POST",
      path: `/things/${n}`,
      headers: { "content-type": "application/json" },
    });
    call.end(body);
    const [answer] = await once(call, "response");
    expect(await text(answer)).toBe(`POST /things/${n} ${body}`);
  }
});

test("a connection taken over with a body in the request: both directions, and the end of input alone", async () => {
  const server = createServer();
  server.on("upgrade", (_incoming, socket: Duplex, head: Buffer) => {
    socket.write("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
    let size = head.length;
    socket.on("data", (chunk: Buffer) => {
      size += chunk.length;
    });
    socket.on("end", () => socket.end(`heard ${size}`));
  });
  const agent = agentOver(tunnel((socket) => server.emit("connection", socket)));
  const body = '{"Detach":false}';
  const headers = { connection: "Upgrade", upgrade: "tcp", "content-length": body.length };
  const call = request({ agent, method: "POST", path: "/exec/1/start", headers });
  call.end(body);
  const [, socket] = (await once(call, "upgrade")) as [unknown, Duplex];
  const block = Buffer.alloc(100_000, "a");
  for (let n = 0; n < 50; n += 1) if (!socket.write(block)) await once(socket, "drain");
  socket.end();
  expect(await text(socket)).toBe(`heard ${5_000_000 + body.length}`);
});

test("a reader that stops, stops the writer, and nobody else", async () => {
  let written = 0;
  const session = tunnel((socket) => {
    const more = (): void => {
      while (!socket.destroyed && written < 50_100_000) {
        written += 65_536;
        if (!socket.write(Buffer.alloc(65_536))) break;
      }
    };
    socket.on("drain", more);
    socket.on("error", () => undefined);
    socket.once("data", (first: Buffer) => (String(first) === "flood" ? more() : socket.end("fine")));
  });
  const stalled = await openStream(session);
  stalled.pause();
  stalled.write("flood");
  for (let n = 0; n < 10; n += 1) {
    const other = await openStream(session);
    other.write("hello");
    expect(await text(other)).toBe("fine");
  }
  expect(written).toBeLessThan(2_000_000);
  let read = 0;
  for await (const chunk of stalled) {
    read += (chunk as Buffer).length;
    if (read >= 50_000_000) break;
  }
  expect(read).toBeGreaterThanOrEqual(50_000_000);
});

test("a session that ends tells every reader and writer at once", async () => {
  const session = tunnel((socket) => void socket.on("error", () => undefined));
  const socket = await openStream(session);
  const failed = once(socket, "error");
  session.destroy();
  expect((await failed)[0]).toMatchObject({ message: "gone" });
  expect(socket.destroyed).toBe(true);
});
