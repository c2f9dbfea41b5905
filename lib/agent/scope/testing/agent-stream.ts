import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Duplex } from "node:stream";
import type { AgentScope } from "#lib/shared/agent/scope.ts";
import { serveDockerStream } from "../serve-docker-stream.ts";

/** An agent's side of streams: each connection of a client is one stream of the server. */
export interface TestAgent {
  /** What the filter wrote to the log. */
  readonly logged: readonly string[];
  /** The agent's end of the streams so far. */
  readonly streams: readonly Duplex[];
  open(): Socket;
  close(): Promise<void>;
}

/** Serves every connection to a socket of its own with `scope`. */
export async function startAgent(scope: AgentScope, dial: () => Socket): Promise<TestAgent> {
  const dir = mkdtempSync(join(tmpdir(), "shoal-agent-"));
  const path = join(dir, "agent.sock");
  const logged: string[] = [];
  const streams: Duplex[] = [];
  const write = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const stream = new TunnelStream(socket);
    streams.push(stream);
    serveDockerStream(stream, { scope, connect: dial, log: { debug: write, warn: write } });
  });
  server.listen(path);
  await once(server, "listening");
  const clients: Socket[] = [];
  return {
    logged,
    streams,
    open() {
      const client = connect({ path, allowHalfOpen: true });
      clients.push(client);
      return client;
    },
    async close() {
      for (const each of [...clients, ...streams]) each.destroy();
      server.close();
      await once(server, "close");
      rmSync(dir, { recursive: true });
    },
  };
}

/** A stream as the tunnel gives it: no socket, only a Duplex. */
class TunnelStream extends Duplex {
  private readonly socket: Socket;

  constructor(socket: Socket) {
    super({ allowHalfOpen: true });
    this.socket = socket;
    socket.on("data", (chunk) => {
      if (!this.push(chunk)) socket.pause();
    });
    socket.on("end", () => this.push(null));
    socket.on("error", (error) => this.destroy(error));
    socket.on("close", () => {
      if (!this.readableEnded && !socket.readableEnded) this.destroy();
    });
  }

  override _read(): void {
    this.socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.socket.write(chunk, done);
  }

  override _final(done: () => void): void {
    this.socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.socket.destroy();
    done(error);
  }
}

/**
 * Sends raw bytes on a new stream and answers everything that comes back until the stream ends, or until `until`
 * matches it.
 */
export async function exchange(agent: TestAgent, bytes: string | Buffer, until?: RegExp): Promise<string> {
  const socket = agent.open();
  let got = "";
  socket.on("error", () => {});
  socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
  await new Promise<void>((resolve) => {
    socket.on("data", (chunk: Buffer) => {
      got += chunk.toString("latin1");
      if (until?.test(got)) resolve();
    });
    socket.on("end", resolve);
    socket.on("close", () => resolve());
  });
  socket.destroy();
  return got;
}

/** The end of an answer, which is in chunks or has no body. */
export const wholeAnswer = /\r\n0\r\n\r\n$|HTTP\/1\.1 204 [\s\S]*\r\n\r\n$/;

/** Sends one request as a Docker client would, on a stream of its own, and answers what came back. */
export function ask(agent: TestAgent, request: string, body?: string, headers = ""): Promise<string> {
  const length =
    body === undefined
      ? ""
      : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
  const head = `${request} HTTP/1.1\r\nHost: api.moby.localhost\r\nUser-Agent: Docker-Client/28\r\n${headers}${length}`;
  return exchange(agent, `${head}Connection: close\r\n\r\n${body ?? ""}`);
}

/** The status of a raw answer. */
export function status(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
}
