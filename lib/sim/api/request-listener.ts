import type { IncomingMessage, ServerResponse } from "node:http";
import { text as readText } from "node:stream/consumers";
import type { DemoCluster } from "../demo/demo-cluster.ts";
import { apiVersion, minApiVersion } from "./docker-json.ts";
import { engineRoutes } from "./engine-routes.ts";
import { imageRoutes } from "./image-routes.ts";
import { logRoutes } from "./log-routes.ts";
import { nodeRoutes } from "./node-routes.ts";
import { Refusal } from "./refusal.ts";
import { resourceRoutes } from "./resource-routes.ts";
import type { Route } from "./route.ts";
import { serviceRoutes } from "./service-routes.ts";

const routes: readonly (Route & { readonly pattern: RegExp })[] = [
  ...engineRoutes,
  ...nodeRoutes,
  ...serviceRoutes,
  ...imageRoutes,
  ...resourceRoutes,
  ...logRoutes,
].map((route) => ({ ...route, pattern: new RegExp(`^${route.path.replace("{ref}", "([^/]+)")}$`) }));

const notAManager =
  "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.";

/** The engine of one node of a simulated cluster. */
export interface SimEngine {
  readonly cluster: DemoCluster;
  /** Id of the node. */
  readonly own: string;
  /** Moves the cluster's clock to the present, before each answer. */
  readonly catchUp: () => void;
}

/** Answers the Docker API as the engine of one node does. While the node is down or not in the swarm, nothing answers. */
export function createRequestListener(engine: SimEngine) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (engine.cluster.swarm.world.nodes.get(engine.own)?.state !== "ready") {
      request.socket.destroy();
      return;
    }
    answer(engine, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else if (error instanceof Refusal) refuse(response, error);
      else refuse(response, new Refusal(500, `the simulated engine failed: ${String(error)}`));
    });
  };
}

async function answer(
  { cluster, own, catchUp }: SimEngine,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://engine");
  const path = withoutVersion(url.pathname);
  const body = await readText(request);
  catchUp();
  const node = cluster.swarm.world.nodes.get(own);
  const isManager = node?.spec.Role === "manager";
  response.setHeader("Api-Version", apiVersion);
  response.setHeader("Ostype", "linux");
  response.setHeader("Swarm", node ? `active/${node.spec.Role}` : "inactive");
  if (path === "/_ping") {
    response.setHeader("Content-Type", "text/plain");
    response.end("OK");
    return;
  }
  const method = request.method ?? "GET";
  const route = routes.find((each) => each.method === method && each.pattern.test(path));
  if (!route) throw new Refusal(501, `the simulated engine has no ${method} ${path}`);
  if (route.isSwarm && !isManager) throw new Refusal(503, notAManager);
  const ref = decodeURIComponent(route.pattern.exec(path)?.[1] ?? "");
  const said = route.handle({ cluster, own, ref, query: url.searchParams, body, response });
  // What was done takes effect at once, and its timers count from here.
  catchUp();
  if (said === "open") return;
  if (said === null) response.end();
  else sendJson(response, 200, said.json);
}

/** `/v1.45/nodes` → `/nodes`; without a version the newest is meant. Throws for versions an engine does not speak. */
function withoutVersion(path: string): string {
  const found = /^\/v(\d+)\.(\d+)(\/.*)$/.exec(path);
  if (!found) return path;
  const asked = `${found[1]}.${found[2]}`;
  const minor = (version: string) => Number(version.split(".")[1]);
  if (minor(asked) > minor(apiVersion)) {
    throw new Refusal(
      400,
      `client version ${asked} is too new. Maximum supported API version is ${apiVersion}`,
    );
  }
  if (minor(asked) < minor(minApiVersion)) {
    throw new Refusal(
      400,
      `client version ${asked} is too old. Minimum supported API version is ${minApiVersion}, please upgrade your client to a newer version`,
    );
  }
  return found[3] ?? "/";
}

function refuse(response: ServerResponse, { status, message }: Refusal): void {
  sendJson(response, status, { message });
}

function sendJson(response: ServerResponse, status: number, json: object | string): void {
  const text = typeof json === "string" ? json : JSON.stringify(json);
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(`${text}\n`);
}
