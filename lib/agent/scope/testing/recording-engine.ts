import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One connection to the engine: what came, byte for byte, and the socket to answer on. */
export interface Recorded {
  readonly socket: Socket;
  /** Everything that came so far, as latin1. */
  bytes(): string;
}

/** An engine that keeps every byte it gets, and answers as the test says. */
export interface RecordingEngine {
  readonly connections: readonly Recorded[];
  connect(): Socket;
  close(): Promise<void>;
}

/** Answers a request once its head and body are there: the raw answer, or null when the test answers by itself. */
export type Answer = (requestLine: string, recorded: Recorded) => string | null;

/** A whole answer with a JSON body. */
export function json(body: unknown, status = "200 OK"): string {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return (
    `HTTP/1.1 ${status}\r\nApi-Version: 1.41\r\nContent-Type: application/json\r\nX-Secret-Header: no\r\n` +
    `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
  );
}

/** Starts an engine on a socket of its own. Without `answer` it answers every whole request with `{}`. */
export async function startEngine(answer: Answer = () => json({})): Promise<RecordingEngine> {
  const dir = mkdtempSync(join(tmpdir(), "shoal-scope-"));
  const path = join(dir, "docker.sock");
  const connections: Recorded[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const chunks: Buffer[] = [];
    const recorded = { socket, bytes: () => Buffer.concat(chunks).toString("latin1") };
    connections.push(recorded);
    let answered = false;
    socket.on("error", () => {});
    socket.on("end", () => socket.end());
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      const request = wholeRequest(recorded.bytes());
      if (request === null || answered) return;
      answered = true;
      const text = answer(request, recorded);
      if (text !== null) socket.end(text);
    });
  });
  server.listen(path);
  await once(server, "listening");
  return {
    connections,
    connect: () => connect({ path, allowHalfOpen: true }),
    async close() {
      for (const { socket } of connections) socket.destroy();
      server.close();
      await once(server, "close");
      rmSync(dir, { recursive: true });
    },
  };
}

/** The request line once head and body have come; null before. */
function wholeRequest(bytes: string): string | null {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const length = Number(/^content-length: (\d+)$/im.exec(bytes.slice(0, end))?.[1] ?? 0);
  return bytes.length < end + 4 + length ? null : (bytes.split("\r\n")[0] ?? "");
}

/**
 * The one request a connection carried, `GET /x` with its body after it. Throws unless it is exactly one well-formed
 * request in the agent's own words, and not a byte more.
 */
export function onlyRequest({ bytes }: Recorded): string {
  const text = bytes();
  const head = text.slice(0, text.indexOf("\r\n\r\n"));
  const body = text.slice(head.length + 4);
  const [line = "", ...headers] = head.split("\r\n");
  const request = /^([A-Z]+ \/[\x21-\x7e]*) HTTP\/1\.1$/.exec(line)?.[1];
  const known =
    /^(Host: docker|Connection: close|Content-Type: application\/json|Content-Length: \d+|X-Registry-Auth: [\w=-]+)$/;
  const strange = headers.filter((header) => !known.test(header));
  const names = headers.map((header) => header.split(":")[0]);
  const length = Number(/^Content-Length: (\d+)$/m.exec(head)?.[1] ?? 0);
  if (!request || strange.length > 0 || new Set(names).size !== names.length || length !== body.length) {
    throw new Error(`the engine got something else than one plain request: ${JSON.stringify(text)}`);
  }
  return body === "" ? request : `${request} ${body}`;
}
