import type { SimTask } from "../world/objects.ts";
import type { World } from "../world/world.ts";
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
function ownContainers(world: World): readonly SimTask[] {
  return world.tasksOn(world.ownNodeId).filter((task) => task.container !== null);
}

function containerOf(world: World, ref: string): SimTask {
  const found = ownContainers(world).find((task) => task.container?.id.startsWith(ref));
  if (!found || ref === "") throw new Refusal(404, `No such container: ${ref}`);
  return found;
}

function listContainers({ cluster: { swarm }, query }: Call): Answer {
  const { world } = swarm;
  const filters = parseFilters(query.get("filters"), ["id", "name", "label", "status", "health"]);
  const all = /^(1|true)$/.test(query.get("all") ?? "");
  const found = ownContainers(world).filter(
    (task) =>
      (all || task.container?.finishedAt === null) &&
      anyOf(filters.id, (wanted) => task.container?.id.startsWith(wanted) ?? false) &&
      hasLabels(containerLabels(world, task), filters.label),
  );
  return { json: found.map((task) => containerRow(world, task)) };
}

function killContainer({ cluster: { swarm }, ref }: Call): Answer {
  const task = containerOf(swarm.world, ref);
  if (task.container?.finishedAt !== null) {
    throw new Refusal(409, `cannot kill container: ${ref}: container ${task.container?.id} is not running`);
  }
  swarm.life.exit(task, 137);
  return null;
}

/** Events from now on: what was before is not kept. */
function events({ cluster: { swarm }, query, response }: Call): Answer {
  const filters = parseFilters(query.get("filters"), ["type", "event", "service", "node", "scope", "label"]);
  response.writeHead(200, { "Content-Type": "application/json" });
  response.flushHeaders();
  const leave = swarm.world.onEvent((event) => {
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
  { method: "GET", path: "/info", handle: ({ cluster: { swarm } }) => ({ json: infoJson(swarm.world) }) },
  { method: "GET", path: "/events", handle: events },
  { method: "GET", path: "/containers/json", handle: listContainers },
  {
    method: "GET",
    path: "/containers/{ref}/json",
    handle: ({ cluster: { swarm }, ref }) => ({
      json: containerJson(swarm.world, containerOf(swarm.world, ref)),
    }),
  },
  {
    method: "GET",
    path: "/containers/{ref}/stats",
    handle: ({ cluster: { swarm }, ref }) => ({
      json: statsJson(containerOf(swarm.world, ref), swarm.world.timeline.now),
    }),
  },
  { method: "POST", path: "/containers/{ref}/kill", handle: killContainer },
];
