import type { SimTask } from "../world/objects.ts";
import { modeOf } from "../world/spec.ts";
import type { World } from "../world/world.ts";
import { anyOf, parseFilters } from "./filters.ts";
import { Refusal } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";
import { serviceOf } from "./service-routes.ts";
import { taskText } from "./swarm-json.ts";

export function taskOf(world: World, ref: string): SimTask {
  const found = world.tasks.get(ref) ?? [...world.tasks.values()].find((task) => task.id.startsWith(ref));
  if (!found) throw new Refusal(404, `task ${ref} not found`);
  return found;
}

function isJob(world: World, task: SimTask): boolean {
  const service = world.services.get(task.serviceId);
  return service !== undefined && modeOf(service.spec) === "job";
}

const known = ["id", "name", "service", "node", "label", "desired-state", "_up-to-date", "runtime"];

/** Swarm waits this long between the pieces of a long answer: others are to be heard, too. */
const tasksAPiece = 2_000;

function listTasks(call: Call): Answer {
  const { world, query, response, profile } = call;
  const filters = parseFilters(query.get("filters"), known);
  for (const state of filters["desired-state"] ?? []) {
    if (!["running", "shutdown", "accepted", "pending"].includes(state))
      throw new Refusal(500, `Invalid desired-state filter: '${state}'`);
  }
  // Nobody joins a simulated network by hand.
  if (filters.runtime && !filters.runtime.includes("container")) return { json: "[]" };
  const services = new Set((filters.service ?? []).map((ref) => serviceOf(world, ref).id));
  const nodes = new Set((filters.node ?? []).map((ref) => nodeIdOf(world, ref)));
  const source =
    services.size > 0
      ? [...services].flatMap((id) => world.tasksOf(id))
      : nodes.size > 0
        ? [...nodes].flatMap((id) => world.tasksOn(id))
        : [...world.tasks.values()];
  const found = source.filter(
    (task) =>
      anyOf(filters["desired-state"], (wanted) => task.desired === wanted) &&
      anyOf(filters.id, (wanted) => task.id.startsWith(wanted)) &&
      (nodes.size === 0 || nodes.has(task.nodeId ?? "")) &&
      anyOf(filters.name, (wanted) => nameOf(task).startsWith(wanted)) &&
      anyOf(
        filters["_up-to-date"],
        (wanted) =>
          (world.services.get(task.serviceId)?.templateText === task.templateText) === (wanted === "true"),
      ),
  );
  const text = (task: SimTask) => taskText(world, task, isJob(world, task), profile);
  if (found.length <= tasksAPiece) return { json: `[${found.map(text).join(",")}]` };
  response.writeHead(200, { "Content-Type": "application/json" });
  void sendPieces(found, text, call);
  return "open";
}

/** Writes a long list piece by piece, as fast as it is read. */
async function sendPieces(
  tasks: readonly SimTask[],
  text: (task: SimTask) => string,
  { response }: Call,
): Promise<void> {
  for (let from = 0; from < tasks.length && !response.destroyed; from += tasksAPiece) {
    const piece = tasks
      .slice(from, from + tasksAPiece)
      .map(text)
      .join(",");
    const isFull = !response.write(`${from === 0 ? "[" : ","}${piece}`);
    await new Promise<void>((resolve) => {
      if (!isFull) return setImmediate(resolve);
      const goOn = () => {
        response.off("drain", goOn).off("close", goOn);
        resolve();
      };
      response.on("drain", goOn).on("close", goOn);
      return undefined;
    });
  }
  response.end("]\n");
}

function nodeIdOf(world: World, ref: string): string {
  const node = world.nodes.get(ref) ?? [...world.nodes.values()].find(({ name }) => name === ref);
  if (!node) throw new Refusal(404, `node ${ref} not found`);
  return node.id;
}

function nameOf(task: SimTask): string {
  return `${task.serviceName}.${task.slot > 0 ? task.slot : task.nodeId}`;
}

export const taskRoutes: readonly Route[] = [
  { method: "GET", path: "/tasks", isSwarm: true, handle: listTasks },
  {
    method: "GET",
    path: "/tasks/{ref}",
    isSwarm: true,
    handle: ({ world, ref, profile }) => {
      const task = taskOf(world, ref);
      return { json: taskText(world, task, isJob(world, task), profile) };
    },
  },
];
