import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A request of the docker command, without its API version. */
export interface PrivateRequest {
  readonly method: string;
  /** As it came: `/services/abc/update`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

export interface PrivateAnswer {
  readonly status: number;
  /** JSON, or bytes that come one after the other, as those of a pull do. */
  readonly body: string | AsyncIterable<Uint8Array>;
}

/** An answer that says why not, as the engine would. */
export function refusal(status: number, message: string): { readonly status: number; readonly body: string } {
  return { status, body: JSON.stringify({ message }) };
}

/** Secrets have 500 KB, configs 1 MB, both in base64, and inline configs of a project travel in archives. */
const longestBody = 8 * 1024 * 1024;

/**
 * Serves an engine's API to one run of the docker command on a socket of its own. `apiVersion`: the newest it is to speak.
 * `handle` never rejects. The caller keeps the folder from everybody else, and closes it.
 */
export async function servePrivately(
  path: string,
  apiVersion: string,
  handle: (request: PrivateRequest) => Promise<PrivateAnswer>,
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
  handle: (request: PrivateRequest) => Promise<PrivateAnswer>,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://engine");
  const path = url.pathname.replace(/^\/v\d+\.\d+(?=\/)/, "");
  const method = request.method ?? "GET";
  const body = await bodyOf(request);
  const answer =
    path === "/_ping"
      ? { status: 200, body: "OK" }
      : body === null
        ? refusal(413, "the request is too large")
        : await handle({ method, path, query: url.searchParams, body });
  response.writeHead(answer.status, {
    "Content-Type": "application/json",
    "Api-Version": apiVersion,
    "Docker-Experimental": "false",
    Ostype: "linux",
  });
  if (typeof answer.body === "string") {
    const isBare = method === "HEAD" || answer.status === 204 || answer.status === 304;
    response.end(isBare ? undefined : answer.body);
    return;
  }
  for await (const chunk of answer.body) {
    if (!response.write(chunk)) await once(response, "drain");
  }
  response.end();
}

/** Null: it is too large. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= longestBody) chunks.push(chunk);
  }
  return size > longestBody ? null : Buffer.concat(chunks);
}
