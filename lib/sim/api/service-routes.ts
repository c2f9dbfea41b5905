import type { SimService, SimTask } from "../world/objects.ts";
import { modeOf, type ServiceSpec } from "../world/spec.ts";
import type { World } from "../world/world.ts";
import { serviceJson, taskText } from "./docker-json.ts";
import { anyOf, hasLabels, parseFilters } from "./filters.ts";
import { outOfSequence, Refusal } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";

/** A service by id, name, or the start of its id, as Docker looks it up. */
export function serviceOf(world: World, ref: string): SimService {
  const services = [...world.services.values()];
  const found =
    world.services.get(ref) ??
    services.find((service) => service.spec.Name === ref) ??
    services.find((service) => service.id.startsWith(ref));
  if (!found) throw new Refusal(404, `service ${ref} not found`);
  return found;
}

export function taskOf(world: World, ref: string): SimTask {
  const found = world.tasks.get(ref) ?? [...world.tasks.values()].find((task) => task.id.startsWith(ref));
  if (!found) throw new Refusal(404, `task ${ref} not found`);
  return found;
}

function isJob(world: World, task: SimTask): boolean {
  const service = world.services.get(task.serviceId);
  return service !== undefined && modeOf(service.spec) === "job";
}

function listServices({ cluster: { swarm }, query }: Call): Answer {
  const filters = parseFilters(query.get("filters"), ["id", "name", "label", "mode"]);
  const found = [...swarm.world.services.values()].filter(
    ({ id, spec }) =>
      anyOf(filters.id, (wanted) => id.startsWith(wanted)) &&
      anyOf(filters.name, (wanted) => spec.Name.startsWith(wanted)) &&
      anyOf(filters.mode, (wanted) => wanted.startsWith(modeOf(spec))) &&
      hasLabels(spec.Labels, filters.label),
  );
  const withStatus = /^(1|true)$/.test(query.get("status") ?? "");
  return { json: found.map((service) => serviceJson(swarm, service, withStatus)) };
}

function listTasks({ cluster: { swarm }, query }: Call): Answer {
  const { world } = swarm;
  const known = ["id", "name", "service", "node", "label", "desired-state", "_up-to-date", "runtime"];
  const filters = parseFilters(query.get("filters"), known);
  // Nobody joins a simulated network by hand.
  if (filters.runtime && !filters.runtime.includes("container")) return { json: "[]" };
  const services = new Set((filters.service ?? []).map((ref) => serviceOf(world, ref).id));
  const source = services.size > 0 ? [...services].flatMap((id) => world.tasksOf(id)) : world.tasks.values();
  const texts: string[] = [];
  for (const task of source) {
    const fits =
      anyOf(filters["desired-state"], (wanted) => task.desired === wanted) &&
      anyOf(filters.id, (wanted) => task.id.startsWith(wanted)) &&
      anyOf(filters.node, (wanted) => nodeMatches(world, task, wanted)) &&
      anyOf(filters.name, (wanted) => nameOf(world, task).startsWith(wanted));
    if (fits) texts.push(taskText(task, isJob(world, task)));
  }
  return { json: `[${texts.join(",")}]` };
}

function nodeMatches(world: World, task: SimTask, wanted: string): boolean {
  return task.nodeId !== null && (task.nodeId === wanted || world.nodes.get(task.nodeId)?.name === wanted);
}

function nameOf(world: World, task: SimTask): string {
  return `${world.services.get(task.serviceId)?.spec.Name}.${task.slot > 0 ? task.slot : task.nodeId}`;
}

function updateService({ cluster: { swarm }, ref, query, body }: Call): Answer {
  const service = serviceOf(swarm.world, ref);
  const version = query.get("version") ?? "";
  if (!/^\d+$/.test(version)) {
    const reason = `strconv.ParseUint: parsing "${version}": invalid syntax`;
    throw new Refusal(400, `invalid service version '${version}': ${reason}`);
  }
  if (Number(version) !== service.index) throw outOfSequence();
  const rollback = query.get("rollback") ?? "";
  if (rollback === "previous") {
    if (swarm.rollBack(service)) return { json: { Warnings: null } };
    const text = `service ${service.id} does not have a previous spec`;
    throw new Refusal(400, `rpc error: code = FailedPrecondition desc = ${text}`);
  }
  if (rollback !== "") throw new Refusal(500, `unrecognized rollback option ${rollback}`);
  const spec = parseSpec(body);
  if (spec.Name !== service.spec.Name) {
    throw new Refusal(501, "rpc error: code = Unimplemented desc = renaming services is not supported");
  }
  if (modeOf(spec) !== modeOf(service.spec)) {
    throw new Refusal(501, "rpc error: code = Unimplemented desc = service mode change is not allowed");
  }
  swarm.updateService(service, spec);
  return { json: { Warnings: null } };
}

function parseSpec(body: string): ServiceSpec {
  let spec: Partial<ServiceSpec> | null;
  try {
    spec = JSON.parse(body) as Partial<ServiceSpec> | null;
  } catch {
    throw new Refusal(400, "invalid JSON: the body is not a service specification");
  }
  if (typeof spec?.Name !== "string" || typeof spec.TaskTemplate !== "object" || !spec.Mode) {
    throw new Refusal(400, "rpc error: code = InvalidArgument desc = service spec is not complete");
  }
  return spec as ServiceSpec;
}

function removeService({ cluster: { swarm }, ref }: Call): Answer {
  swarm.removeService(serviceOf(swarm.world, ref));
  return null;
}

export const serviceRoutes: readonly Route[] = [
  { method: "GET", path: "/services", isSwarm: true, handle: listServices },
  {
    method: "GET",
    path: "/services/{ref}",
    isSwarm: true,
    handle: ({ cluster: { swarm }, ref }) => ({
      json: serviceJson(swarm, serviceOf(swarm.world, ref), false),
    }),
  },
  { method: "POST", path: "/services/{ref}/update", isSwarm: true, handle: updateService },
  { method: "DELETE", path: "/services/{ref}", isSwarm: true, handle: removeService },
  { method: "GET", path: "/tasks", isSwarm: true, handle: listTasks },
  {
    method: "GET",
    path: "/tasks/{ref}",
    isSwarm: true,
    handle: ({ cluster: { swarm }, ref }) => {
      const task = taskOf(swarm.world, ref);
      return { json: taskText(task, isJob(swarm.world, task)) };
    },
  },
];
