import type { SimNode } from "../world/objects.ts";
import type { NodeSpec } from "../world/spec.ts";
import type { World } from "../world/world.ts";
import { nodeJson, swarmJson } from "./docker-json.ts";
import { anyOf, hasLabels, parseFilters } from "./filters.ts";
import { outOfSequence, Refusal } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";

function nodeOf(world: World, ref: string): SimNode {
  const nodes = [...world.nodes.values()];
  const found =
    world.nodes.get(ref) ??
    nodes.find((node) => node.name === ref) ??
    nodes.find((node) => node.id.startsWith(ref));
  if (!found) throw new Refusal(404, `node ${ref} not found`);
  return found;
}

function listNodes({ cluster: { swarm }, query }: Call): Answer {
  const known = ["id", "name", "label", "node.label", "role", "membership"];
  const filters = parseFilters(query.get("filters"), known);
  const found = [...swarm.world.nodes.values()].filter(
    (node) =>
      anyOf(filters.id, (wanted) => node.id.startsWith(wanted)) &&
      anyOf(filters.name, (wanted) => node.name.startsWith(wanted)) &&
      anyOf(filters.role, (wanted) => node.spec.Role === wanted) &&
      hasLabels(node.spec.Labels, filters["node.label"]),
  );
  return { json: found.map(nodeJson) };
}

function updateNode({ cluster: { swarm }, ref, query, body }: Call): Answer {
  const node = nodeOf(swarm.world, ref);
  if (Number(query.get("version")) !== node.index) throw outOfSequence();
  const spec = parseNodeSpec(body);
  const managers = [...swarm.world.nodes.values()].filter((each) => each.spec.Role === "manager");
  if (spec.Role === "worker" && managers.length === 1 && managers[0] === node) {
    throw precondition("attempting to demote the last manager of the swarm");
  }
  swarm.updateNode(node, spec);
  return null;
}

function parseNodeSpec(body: string): NodeSpec {
  let spec: Partial<NodeSpec> | null;
  try {
    spec = JSON.parse(body) as Partial<NodeSpec> | null;
  } catch {
    throw new Refusal(400, "invalid JSON: the body is not a node specification");
  }
  const { Role, Availability, Labels } = spec ?? {};
  if (Role !== "manager" && Role !== "worker") throw new Refusal(400, `invalid Role: "${Role}"`);
  if (Availability !== "active" && Availability !== "pause" && Availability !== "drain") {
    throw new Refusal(400, `invalid Availability: "${Availability}"`);
  }
  return { ...spec, Role, Availability, Labels: Labels ?? {} };
}

function removeNode({ cluster: { swarm }, ref, query }: Call): Answer {
  const node = nodeOf(swarm.world, ref);
  if (node.spec.Role === "manager") {
    throw precondition(
      `node ${node.id} is a cluster manager and is a member of the raft cluster. It must be demoted to worker before removal`,
    );
  }
  if (node.state !== "down" && !/^(1|true)$/.test(query.get("force") ?? "")) {
    throw precondition(`node ${node.id} is not down and can't be removed`);
  }
  swarm.removeNode(node);
  return null;
}

function precondition(text: string): Refusal {
  return new Refusal(400, `rpc error: code = FailedPrecondition desc = ${text}`);
}

function updateSwarm({ cluster: { swarm }, query, body }: Call): Answer {
  const { world } = swarm;
  const { settings } = world;
  if (Number(query.get("version")) !== settings.index) throw outOfSequence();
  let spec: unknown;
  try {
    spec = JSON.parse(body);
  } catch {
    throw new Refusal(400, "invalid JSON: the body is not a swarm specification");
  }
  if (typeof spec !== "object" || spec === null) throw new Refusal(400, "the swarm specification is missing");
  settings.spec = spec as Record<string, unknown>;
  const limit = (spec as { Orchestration?: { TaskHistoryRetentionLimit?: unknown } }).Orchestration
    ?.TaskHistoryRetentionLimit;
  if (typeof limit === "number") settings.taskHistoryLimit = limit;
  if (query.get("rotateWorkerToken") === "true") settings.workerToken = world.token();
  if (query.get("rotateManagerToken") === "true") settings.managerToken = world.token();
  if (query.get("rotateManagerUnlockKey") === "true") settings.unlockKey = world.unlockKey();
  world.touch(settings);
  return null;
}

function unlockKey({ cluster: { swarm } }: Call): Answer {
  const { spec, unlockKey: key } = swarm.world.settings;
  const { AutoLockManagers } = (spec.EncryptionConfig ?? {}) as { AutoLockManagers?: unknown };
  return { json: { UnlockKey: AutoLockManagers === true ? key : "" } };
}

export const nodeRoutes: readonly Route[] = [
  { method: "GET", path: "/nodes", isSwarm: true, handle: listNodes },
  {
    method: "GET",
    path: "/nodes/{ref}",
    isSwarm: true,
    handle: ({ cluster: { swarm }, ref }) => ({ json: nodeJson(nodeOf(swarm.world, ref)) }),
  },
  { method: "POST", path: "/nodes/{ref}/update", isSwarm: true, handle: updateNode },
  { method: "DELETE", path: "/nodes/{ref}", isSwarm: true, handle: removeNode },
  {
    method: "GET",
    path: "/swarm",
    isSwarm: true,
    handle: ({ cluster: { swarm } }) => ({ json: swarmJson(swarm.world) }),
  },
  { method: "GET", path: "/swarm/unlockkey", isSwarm: true, handle: unlockKey },
  { method: "POST", path: "/swarm/update", isSwarm: true, handle: updateSwarm },
];
