import type { SimNode } from "../world/objects.ts";
import type { NodeSpec } from "../world/spec.ts";
import type { World } from "../world/world.ts";
import { anyOf, hasLabels, parseFilters } from "./filters.ts";
import { isYes, outOfSequence, parseBody, precondition, Refusal, versionOf } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";
import { nodeJson } from "./swarm-json.ts";

function nodeOf(world: World, ref: string): SimNode {
  const nodes = [...world.nodes.values()];
  const found =
    world.nodes.get(ref) ??
    nodes.find((node) => node.name === ref) ??
    nodes.find((node) => node.id.startsWith(ref));
  if (!found) throw new Refusal(404, `node ${ref} not found`);
  return found;
}

function listNodes({ world, query, profile }: Call): Answer {
  const known = ["id", "name", "label", "node.label", "role", "membership"];
  const filters = parseFilters(query.get("filters"), known);
  const found = [...world.nodes.values()].filter(
    (node) =>
      anyOf(filters.id, (wanted) => node.id.startsWith(wanted)) &&
      anyOf(filters.name, (wanted) => node.name.startsWith(wanted)) &&
      anyOf(filters.role, (wanted) => node.spec.Role === wanted) &&
      hasLabels(node.spec.Labels, filters["node.label"]),
  );
  return { json: found.map((node) => nodeJson(node, profile)) };
}

function updateNode({ swarm, world, ref, query, body }: Call): Answer {
  const spec = parseNodeSpec(body);
  const version = versionOf(query, "node");
  const node = nodeOf(world, ref);
  const managers = [...world.nodes.values()].filter((each) => each.spec.Role === "manager");
  if (version !== node.index) throw outOfSequence();
  if (spec.Role === "worker" && managers.length === 1 && managers[0] === node) {
    throw precondition("attempting to demote the last manager of the swarm");
  }
  swarm.updateNode(node, spec);
  return null;
}

function parseNodeSpec(body: string): NodeSpec {
  const spec = parseBody<Partial<NodeSpec> | null>(body);
  const { Role, Availability, Labels } = spec ?? {};
  if (Role !== "manager" && Role !== "worker") throw new Refusal(400, `invalid Role: "${Role}"`);
  if (Availability !== "active" && Availability !== "pause" && Availability !== "drain") {
    throw new Refusal(400, `invalid Availability: "${Availability}"`);
  }
  return { ...spec, Role, Availability, Labels: Labels ?? {} };
}

function removeNode({ swarm, world, ref, query }: Call): Answer {
  const node = nodeOf(world, ref);
  if (node.spec.Role === "manager") {
    throw precondition(
      `node ${node.id} is a cluster manager and is a member of the raft cluster. It must be demoted to worker before removal`,
    );
  }
  if (node.state !== "down" && !isYes(query.get("force"))) {
    throw precondition(`node ${node.id} is not down and can't be removed`);
  }
  swarm.removeNode(node);
  return null;
}

export const nodeRoutes: readonly Route[] = [
  { method: "GET", path: "/nodes", isSwarm: true, handle: listNodes },
  {
    method: "GET",
    path: "/nodes/{ref}",
    isSwarm: true,
    handle: ({ world, ref, profile }) => ({ json: nodeJson(nodeOf(world, ref), profile) }),
  },
  { method: "POST", path: "/nodes/{ref}/update", isSwarm: true, handle: updateNode },
  { method: "DELETE", path: "/nodes/{ref}", isSwarm: true, handle: removeNode },
];
