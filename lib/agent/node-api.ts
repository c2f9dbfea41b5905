import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { StreamHandler } from "./serve-tunnel.ts";

/** One thing the agent itself answers, on authority `node`. */
export interface NodeRoute {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  /** What the server may count on; told in the handshake. */
  readonly capability: string;
  readonly answer: (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;
}

/** The agent's own API: HTTP/1.1 over a stream, for the server alone. */
export interface NodeApi {
  readonly capabilities: readonly string[];
  readonly serve: StreamHandler;
}

export function createNodeApi({
  version,
  routes = [],
}: {
  readonly version: string;
  readonly routes?: readonly NodeRoute[];
}): NodeApi {
  const all: readonly NodeRoute[] = [
    {
      method: "GET",
      path: "/version",
      capability: "version",
      answer: (_request, response) => sendJson(response, 200, { version, node: process.version }),
    },
    ...routes,
  ];
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 30_000 }, (request, response) => {
    const url = new URL(request.url ?? "/", "http://node");
    const route = all.find(({ method, path }) => method === request.method && path === url.pathname);
    if (!route) {
      sendJson(response, 404, {
        message: `this agent (${version}) has no ${request.method} ${url.pathname}`,
      });
      return;
    }
    Promise.resolve(route.answer(request, response, url)).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { message: error instanceof Error ? error.message : String(error) });
    });
  });
  return {
    capabilities: [...new Set(all.map(({ capability }) => capability))],
    serve: (open) => void server.emit("connection", open()),
  };
}

/** Answers with JSON. */
function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
