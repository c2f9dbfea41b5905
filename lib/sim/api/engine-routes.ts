import type { SimTask } from "../world/objects.ts";
import type { SimEvent, World } from "../world/world.ts";
import {
  apiVersion,
  containerJson,
  containerLabels,
  containerRow,
  engineVersion,
  eventLine,
  infoJson,
  minApiVersion,
} from "./docker-json.ts";
import { anyOf, hasLabels, parseFilters } from "./filters.ts";
import { Refusal } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";
import { statsJson } from "./stats-json.ts";

/** The containers of the engine that answers; of ended tasks as long as swarm remembers them. */
function ownContainers({ cluster, own }: Pick<Call, "cluster" | "own">): readonly SimTask[] {
  return cluster.swarm.world.tasksOn(own).filter((task) => task.container !== null);
}

/** The task whose container is meant. Refuses what this engine does not have. */
export function containerOf({ ref, ...call }: Pick<Call, "cluster" | "own" | "ref">): SimTask {
  const found = ownContainers(call).find((task) => task.container?.id.startsWith(ref));
  if (!found || ref === "") throw new Refusal(404, `No such container: ${ref}`);
  return found;
}

function listContainers({ query, ...call }: Call): Answer {
  const { world } = call.cluster.swarm;
  const filters = parseFilters(query.get("filters"), ["id", "name", "label", "status", "health"]);
  const all = /^(1|true)$/.test(query.get("all") ?? "");
  const found = ownContainers(call).filter(
    (task) =>
      (all || task.container?.finishedAt === null) &&
      anyOf(filters.id, (wanted) => task.container?.id.startsWith(wanted) ?? false) &&
      hasLabels(containerLabels(world, task), filters.label),
  );
  return { json: found.map((task) => containerRow(world, task)) };
}

function killContainer(call: Call): Answer {
  const { cluster, ref } = call;
  const task = containerOf(call);
  if (task.container?.finishedAt !== null) {
    throw new Refusal(409, `cannot kill container: ${ref}: container ${task.container?.id} is not running`);
  }
  cluster.swarm.life.exit(task, 137);
  return null;
}

/** Managers tell of the swarm, every engine of its own containers. */
function isHeardOn(own: string, world: World, { type, attributes }: SimEvent): boolean {
  if (type === "container") return attributes["com.docker.swarm.node.id"] === own;
  return world.nodes.get(own)?.spec.Role === "manager";
}

/** Events from now on: what was before is not kept. */
function events({ cluster: { swarm }, own, query, response }: Call): Answer {
  const filters = parseFilters(query.get("filters"), ["type", "event", "service", "node", "scope", "label"]);
  response.writeHead(200, { "Content-Type": "application/json" });
  response.flushHeaders();
  const leave = swarm.world.onEvent((event) => {
    if (!isHeardOn(own, swarm.world, event)) return;
    // `health_status` also stands for `health_status: healthy`.
    const action = event.action.split(":")[0] ?? "";
    if (!anyOf(filters.type, (wanted) => wanted === event.type)) return;
    if (anyOf(filters.event, (wanted) => wanted === action)) response.write(eventLine(event));
  });
  response.on("close", leave);
  return "open";
}

const version = {
  Version: engineVersion,
  ApiVersion: apiVersion,
  MinAPIVersion: minApiVersion,
  Os: "linux",
  Arch: "amd64",
  Platform: { Name: "Simulated Docker Engine" },
};

export const engineRoutes: readonly Route[] = [
  { method: "GET", path: "/version", handle: () => ({ json: version }) },
  {
    method: "GET",
    path: "/info",
    handle: ({ cluster: { swarm }, own }) => ({ json: infoJson(swarm.world, own) }),
  },
  { method: "GET", path: "/events", handle: events },
  { method: "GET", path: "/containers/json", handle: listContainers },
  {
    method: "GET",
    path: "/containers/{ref}/json",
    handle: (call) => ({ json: containerJson(call.cluster.swarm.world, containerOf(call)) }),
  },
  {
    method: "GET",
    path: "/containers/{ref}/stats",
    handle: (call) => ({ json: statsJson(containerOf(call), call.cluster.swarm.world.timeline.now) }),
  },
  { method: "POST", path: "/containers/{ref}/kill", handle: killContainer },
];
