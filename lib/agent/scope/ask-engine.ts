import { type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";

/** A request in our own words: nothing of the asker's bytes is in it but values that were read and written again. */
export interface EngineRequest {
  readonly method: string;
  /** With the query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Specifications are small: swarm's own limit is 4 MB. */
const longestAnswer = 16 * 1024 * 1024;

/**
 * Sends one request over a connection of its own and answers the response, to be read by the caller. Rejects when the
 * engine cannot be reached, breaks off, or wants to switch protocols. `signal` ends request and response.
 */
export function askEngine(
  connect: () => Socket,
  asked: EngineRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { method, target, headers, body } = asked;
  return new Promise((resolve, reject) => {
    const call = request({
      createConnection: connect,
      method,
      path: target,
      headers: {
        Host: "docker",
        ...headers,
        // Always said, also where there is none: never a body of unknown length.
        ...(method === "POST" && { "Content-Length": String(Buffer.byteLength(body ?? "")) }),
        Connection: "close",
      },
      signal,
    });
    call.on("response", resolve);
    call.on("error", reject);
    call.on("upgrade", (_answer, socket) => {
      socket.destroy();
      reject(new Error("the engine wants to switch protocols"));
    });
    call.end(body ?? undefined);
  });
}

/** Reads a JSON document of the engine: its status and text. */
export async function readEngine(
  connect: () => Socket,
  target: string,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly text: string }> {
  const asked = { method: "GET", target, headers: {}, body: null };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(30_000)]);
  const answer = await askEngine(connect, asked, limit);
  return { status: answer.statusCode ?? 502, text: await readText(answer, longestAnswer) };
}

/** Reads all of a message as text; rejects when it is longer than `most` bytes or breaks off. */
export async function readText(message: IncomingMessage, most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) throw new Error(`it is longer than ${most / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
}
