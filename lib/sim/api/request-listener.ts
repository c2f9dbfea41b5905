import { type IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { text as readText } from "node:stream/consumers";
import type { Profile } from "../profiles/profile.ts";
import { inWordsOf } from "../profiles/words.ts";
import type { HandContainers } from "../world/containers.ts";
import type { Swarm } from "../world/swarm.ts";
import { consoleRoutes } from "./console-routes.ts";
import { containerRoutes } from "./container-routes.ts";
import { eventRoutes } from "./event-routes.ts";
import { fileRoutes } from "./file-routes.ts";
import { imageRoutes } from "./image-routes.ts";
import { logRoutes } from "./log-routes.ts";
import { networkRoutes } from "./network-routes.ts";
import { nodeRoutes } from "./node-routes.ts";
import { Refusal } from "./refusal.ts";
import type { Call, Route } from "./route.ts";
import { serviceRoutes } from "./service-routes.ts";
import { swarmRoutes } from "./swarm-routes.ts";
import { systemRoutes } from "./system-routes.ts";
import { taskRoutes } from "./task-routes.ts";
import { volumeRoutes } from "./volume-routes.ts";

const routes: readonly (Route & { readonly pattern: RegExp })[] = [
  ...systemRoutes, ...eventRoutes, ...nodeRoutes, ...swarmRoutes, ...serviceRoutes, ...taskRoutes, ...fileRoutes,
  ...networkRoutes, ...volumeRoutes, ...imageRoutes, ...containerRoutes, ...consoleRoutes, ...logRoutes,
].map((route) => ({
  ...route,
  pattern: new RegExp(`^${route.path.replace("{ref}", "([^/]+)").replace("{name}", "(.+)")}$`),
})); // biome-ignore format: all routes

const notAManager =
  "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.";

/** The engine of one node of a simulated cluster. */
export interface SimEngine {
  readonly swarm: Swarm;
  readonly hands: HandContainers;
  readonly profile: Profile;
  /** Id of the node. */
  readonly own: string;
  /** Moves the cluster's clock to the present, before each answer. */
  readonly catchUp: () => void;
  /** Resolves once the managers have a leader again; at once when they have one. */
  readonly afterElection: () => Promise<void>;
}

/** Answers the Docker API as the engine of one node does. While the node is away nothing answers. */
export function createRequestListener(engine: SimEngine) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (isAway(engine)) request.socket.destroy();
    else serve(engine, request, response, readText(request), null);
  };
}

/** Answers those who want to take their connection over (exec, attach); others with `Upgrade` are answered as usual. */
export function createUpgradeListener(engine: SimEngine) {
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (isAway(engine)) {
      socket.destroy();
      return;
    }
    socket.on("error", () => socket.destroy());
    const response = new ServerResponse(request);
    response.assignSocket(socket as never);
    response.shouldKeepAlive = false;
    response.on("finish", () => socket.end());
    const takeOver = () => {
      response.detachSocket(socket as never);
      return socket;
    };
    serve(engine, request, response, bodyAfter(request, socket, head), takeOver);
  };
}

/** The body of a request whose connection is taken over: it comes as the first bytes of it. */
async function bodyAfter(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<string> {
  const length = Number(request.headers["content-length"] ?? 0);
  let bytes = head;
  while (bytes.length < length) {
    const chunk = (socket.read() ?? (await nextChunk(socket))) as Buffer | null;
    if (chunk === null) break;
    bytes = Buffer.concat([bytes, chunk]);
  }
  if (bytes.length > length) socket.unshift(bytes.subarray(length));
  return bytes.subarray(0, length).toString("utf8");
}

function nextChunk(socket: Duplex): Promise<Buffer | null> {
  return new Promise((resolve) => {
    socket.once("readable", () => resolve(socket.read() as Buffer | null));
    socket.once("close", () => resolve(null));
  });
}

function isAway({ swarm, own }: SimEngine): boolean {
  return swarm.world.nodes.get(own)?.isOff !== false;
}

function serve(
  engine: SimEngine,
  request: IncomingMessage,
  response: ServerResponse,
  body: Promise<string>,
  takeOver: (() => Duplex) | null,
): void {
  answer(engine, request, response, body, takeOver).catch((error: unknown) => {
    if (response.headersSent) response.destroy();
    else if (error instanceof Refusal) refuse(response, inWordsOf(engine.profile, error));
    else refuse(response, new Refusal(500, `the simulated engine failed: ${String(error)}`));
  });
}

async function answer(
  engine: SimEngine,
  request: IncomingMessage,
  response: ServerResponse,
  wholeBody: Promise<string>,
  takeOver: (() => Duplex) | null,
): Promise<void> {
  const { swarm, hands, profile, own, catchUp } = engine;
  const { world } = swarm;
  const url = new URL(request.url ?? "/", "http://engine");
  const body = await wholeBody;
  catchUp();
  setHeaders(response, engine);
  const { path, version } = versioned(url.pathname, profile);
  const method = request.method ?? "GET";
  const route = routes.find((each) => each.method === method && each.pattern.test(path));
  if (!route) throw new Refusal(404, "page not found");
  const node = world.nodes.get(own);
  if (route.isSwarm) {
    if (node?.spec.Role !== "manager") throw new Refusal(503, notAManager);
    await engine.afterElection();
  }
  const call: Call = {
    swarm, world, hands, profile, own, node, version, body, response, takeOver,
    engine: world.engineOf(own),
    ref: decodeURIComponent(route.pattern.exec(path)?.[1] ?? ""),
    query: url.searchParams,
  }; // biome-ignore format: names, then what is looked up
  const said = route.handle(call);
  // What was done takes effect at once, and its timers count from here.
  catchUp();
  if (said === "open") return;
  if (said === null) response.end();
  else if ("json" in said) sendJson(response, said.status ?? 200, said.json);
  else response.writeHead(said.status).end();
}

function setHeaders(response: ServerResponse, { swarm, profile, own }: SimEngine): void {
  const node = swarm.world.nodes.get(own);
  response.setHeader("Api-Version", profile.apiVersion);
  response.setHeader("Docker-Experimental", "false");
  response.setHeader("Ostype", "linux");
  response.setHeader("Server", `Docker/${profile.engineVersion} (linux)`);
  if (profile.hasSwarmHeader) response.setHeader("Swarm", node ? `active/${node.spec.Role}` : "inactive");
}

/** `/v1.45/nodes` → `/nodes`; without a version the newest is meant. Throws for versions an engine does not speak. */
function versioned(path: string, { apiVersion, minApiVersion }: Profile): { path: string; version: number } {
  const minor = (version: string) => Number(version.split(".")[1]);
  const found = /^\/v(\d+)\.(\d+)(\/.*)$/.exec(path);
  if (!found) return { path, version: minor(apiVersion) };
  const asked = `${found[1]}.${found[2]}`;
  if (minor(asked) > minor(apiVersion)) {
    throw new Refusal(
      400,
      `client version ${asked} is too new. Maximum supported API version is ${apiVersion}`,
    );
  }
  if (minor(asked) < minor(minApiVersion)) {
    const text = `client version ${asked} is too old. Minimum supported API version is ${minApiVersion}, please upgrade your client to a newer version`;
    // Clients that are older than errors in JSON get theirs as text.
    throw new Refusal(400, text, minor(asked) < 24 && minor(minApiVersion) < 24);
  }
  return { path: found[3] ?? "/", version: minor(asked) };
}

function refuse(response: ServerResponse, { status, message, isPlain }: Refusal): void {
  if (!isPlain) {
    sendJson(response, status, { message });
    return;
  }
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${message}\n`);
}

function sendJson(response: ServerResponse, status: number, json: object | string): void {
  const text = typeof json === "string" ? json : JSON.stringify(json);
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(`${text}\n`);
}
