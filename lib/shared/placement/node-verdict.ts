import type { NodeView } from "../model/types.ts";
import { constraintFact, matchesConstraint } from "../placement-constraints.ts";
import { platformOfNode, suitsPlatform } from "./platform.ts";
import type { Needs, Room } from "./room.ts";

/** Something a node does not have that a task needs, with its numbers. CPU in nano-CPUs, memory in bytes. */
export type Obstacle =
  | { readonly kind: "state"; readonly state: Exclude<NodeView["state"], "ready"> }
  | { readonly kind: "availability"; readonly availability: "pause" | "drain" }
  | {
      readonly kind: "cpu" | "memory";
      readonly needed: number;
      readonly free: number;
      readonly capacity: number;
    }
  | {
      readonly kind: "generic";
      readonly resource: string;
      readonly needed: number;
      readonly free: number;
      readonly capacity: number;
    }
  /** `actual`: what the node says instead; null where the key means nothing to swarm; empty: the label is not set. */
  | { readonly kind: "constraint"; readonly constraint: string; readonly actual: string | null }
  | { readonly kind: "platform"; readonly wanted: readonly string[]; readonly actual: string }
  /** `port` as in `8080/tcp`. */
  | { readonly kind: "host_port"; readonly port: string; readonly holderId: string }
  | { readonly kind: "max_replicas"; readonly limit: number; readonly there: number };

/** Swarm's filters in the order it applies them. Of a node it names only the first that it does not pass. */
export const filters = [
  "unavailable", "resources", "plugin", "constraints", "platform", "host_port", "max_replicas",
] as const; // biome-ignore format: one line
export type Filter = (typeof filters)[number];

const filterOfKind = {
  state: "unavailable",
  availability: "unavailable",
  cpu: "resources",
  memory: "resources",
  generic: "resources",
  constraint: "constraints",
  platform: "platform",
  host_port: "host_port",
  max_replicas: "max_replicas",
} as const satisfies Record<Obstacle["kind"], Filter>;

/** The filter of swarm that an obstacle belongs to. */
export function filterOf(obstacle: Obstacle): Filter {
  return filterOfKind[obstacle.kind];
}

/**
 * Everything that keeps a task with these needs from the node, in the order of swarm's filters; empty: it fits. What the
 * picture does not hold is not judged: plugins of engines, and volumes of the cluster.
 */
export function nodeObstacles(node: NodeView, room: Room, needs: Needs): readonly Obstacle[] {
  return [
    ...availability(node),
    ...resources(node, room, needs),
    ...constraints(node, needs),
    ...platform(node, needs),
    ...ports(room, needs),
    ...replicas(room, needs),
  ];
}

function availability(node: NodeView): readonly Obstacle[] {
  if (node.state !== "ready") return [{ kind: "state", state: node.state }];
  return node.availability === "active" ? [] : [{ kind: "availability", availability: node.availability }];
}

function resources(node: NodeView, room: Room, needs: Needs): readonly Obstacle[] {
  const found: Obstacle[] = [];
  const { nanoCpus, memoryBytes } = needs;
  // A reservation of nothing fits even where more is taken than there is.
  if (nanoCpus > 0 && nanoCpus > room.nanoCpus) {
    found.push({ kind: "cpu", needed: nanoCpus, free: Math.max(0, room.nanoCpus), capacity: node.nanoCpus });
  }
  if (memoryBytes > 0 && memoryBytes > room.memoryBytes) {
    const free = Math.max(0, room.memoryBytes);
    found.push({ kind: "memory", needed: memoryBytes, free, capacity: node.memoryBytes });
  }
  for (const [resource, needed] of Object.entries(needs.generic)) {
    const free = Math.max(0, room.generic.get(resource) ?? 0);
    const capacity = node.genericResources[resource] ?? 0;
    if (needed > free) found.push({ kind: "generic", resource, needed, free, capacity });
  }
  return found;
}

function constraints(node: NodeView, needs: Needs): readonly Obstacle[] {
  return needs.constraints
    .filter((constraint) => !matchesConstraint(node, constraint))
    .map((constraint) => ({ kind: "constraint", constraint, actual: constraintFact(node, constraint) }));
}

function platform(node: NodeView, { platforms }: Needs): readonly Obstacle[] {
  if (suitsPlatform(node, platforms)) return [];
  return [{ kind: "platform", wanted: platforms, actual: platformOfNode(node) }];
}

function ports(room: Room, needs: Needs): readonly Obstacle[] {
  return needs.hostPorts.flatMap((port) => {
    const holderId = room.ports.get(port);
    return holderId === undefined ? [] : [{ kind: "host_port" as const, port, holderId }];
  });
}

function replicas(room: Room, { serviceId, maxPerNode }: Needs): readonly Obstacle[] {
  const there = room.wanted.get(serviceId) ?? 0;
  return maxPerNode > 0 && there >= maxPerNode ? [{ kind: "max_replicas", limit: maxPerNode, there }] : [];
}
