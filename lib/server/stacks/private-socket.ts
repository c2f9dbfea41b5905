import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";

/** A request of the docker command, without its API version. */
export interface CliRequest {
  readonly method: string;
  /** As it came: `/services/abc/update`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

export interface CliAnswer {
  readonly status: number;
  /** JSON. */
  readonly body: string;
}

/** A refusal as engines say it. */
export const refusal = (status: number, message: string): CliAnswer => ({
  status,
  body: JSON.stringify({ message }),
});

/** Secrets have 500 KB, configs 1 MB, and both come in base64. */
const longestBody = 4 * 1024 * 1024;

/**
 * Serves an engine's API to one run of the docker command on a socket of its own. `apiVersion`: the newest it is to speak.
 * The caller keeps the folder from everybody else, and closes it.
 */
export async function servePrivately(
  path: string,
  apiVersion: string,
  handle: (request: CliRequest) => Promise<CliAnswer>,
): Promise<{ readonly host: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void answerTo(request, handle).then(({ status, body }) => {
      response.writeHead(status, {
        "Content-Type": "application/json",
        "Api-Version": apiVersion,
        "Docker-Experimental": "false",
        Ostype: "linux",
        "Content-Length": Buffer.byteLength(body),
      });
      response.end(request.method === "HEAD" ? undefined : body);
    });
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
  handle: (request: CliRequest) => Promise<CliAnswer>,
): Promise<CliAnswer> {
  try {
    const url = new URL(request.url ?? "/", "http://engine");
    const path = url.pathname.replace(/^\/v\d+\.\d+(?=\/)/, "");
    if (path === "/_ping") return { status: 200, body: "OK" };
    return await handle({
      method: request.method ?? "GET",
      path,
      query: url.searchParams,
      body: await bodyOf(request),
    });
  } catch (error) {
    return refusal(500, error instanceof Error ? error.message : String(error));
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longestBody) throw new Error("the request is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
