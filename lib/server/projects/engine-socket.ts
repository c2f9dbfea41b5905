import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A request of compose, without its API version. */
export interface EngineRequest {
  readonly method: string;
  /** Unescaped: `/images/team/app:1/json`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

export interface EngineAnswer {
  readonly status: number;
  /** JSON, or bytes that come one after the other. */
  readonly body: string | AsyncIterable<Uint8Array>;
}

/** A refusal as engines say it. */
export const refuse = (status: number, message: string): EngineAnswer => ({
  status,
  body: JSON.stringify({ message }),
});

/** Inline configs travel in archives. */
const longestBody = 8 * 1024 * 1024;

/**
 * Serves an engine's API to one run of compose on a socket of its own; answers may go on, as those of a pull do.
 * `handle` never rejects. The caller keeps the folder from everybody else, and closes it.
 */
export async function serveEngine(
  path: string,
  apiVersion: string,
  handle: (request: EngineRequest) => Promise<EngineAnswer>,
): Promise<{ readonly host: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answerTo(request, response, apiVersion, handle).catch(() => response.destroy());
  });
  server.listen(path);
  await once(server, "listening");
  return {
    host: `unix://${path}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function answerTo(
  request: IncomingMessage,
  response: ServerResponse,
  apiVersion: string,
  handle: (request: EngineRequest) => Promise<EngineAnswer>,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://engine");
  const path = decodeURIComponent(url.pathname).replace(/^\/v\d+\.\d+(?=\/)/, "");
  const head = { "Content-Type": "application/json", "Api-Version": apiVersion, "Docker-Experimental": "false", Ostype: "linux" }; // biome-ignore format: one line
  if (path === "/_ping") {
    response.writeHead(200, head).end(request.method === "HEAD" ? undefined : "OK");
    return;
  }
  const body = await bodyOf(request);
  const answer =
    body === null
      ? refuse(413, "the request is too large")
      : await handle({ method: request.method ?? "GET", path, query: url.searchParams, body });
  response.writeHead(answer.status, head);
  if (typeof answer.body === "string") {
    response.end(
      request.method === "HEAD" || answer.status === 204 || answer.status === 304 ? undefined : answer.body,
    );
    return;
  }
  for await (const chunk of answer.body) {
    if (!response.write(chunk)) await once(response, "drain");
  }
  response.end();
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= longestBody) chunks.push(chunk);
  }
  return size > longestBody ? null : Buffer.concat(chunks);
}
