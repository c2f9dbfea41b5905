import { matchesConstraints } from "#lib/shared/placement-constraints.ts";
import { isOver, type SimNode, type SimTask } from "./objects.ts";
import type { World } from "./world.ts";

/** A node for a task, or why there is none in swarm's own words. */
export type Placement = { readonly node: SimNode } | { readonly error: string };

type Reason = "unavailable" | "resources" | "constraints" | "maxReplicas";

/**
 * Chooses as swarm does: of the nodes that fit the one with the fewest tasks of this service, then with the fewest
 * tasks at all. A task of a global service brings its node.
 */
export function findPlace(world: World, task: SimTask): Placement {
  const nodes = [...world.nodes.values()].filter((node) => task.slot > 0 || node.id === task.nodeId);
  const misses = new Map<Reason, number>();
  let best: { node: SimNode; same: number; all: number } | null = null;
  for (const node of nodes) {
    const live = world.tasksOn(node.id).filter((each) => !isOver(each) && each !== task);
    const reason = whyNot(node, task, live);
    if (reason !== null) {
      misses.set(reason, (misses.get(reason) ?? 0) + 1);
      continue;
    }
    const same = live.filter((each) => each.serviceId === task.serviceId).length;
    const better = best === null || same < best.same || (same === best.same && live.length < best.all);
    if (better) best = { node, same, all: live.length };
  }
  return best ? { node: best.node } : { error: explain(misses) };
}

/** May a global service run here? Paused nodes keep what they have, so they count. */
export function isEligible(node: SimNode, constraints: readonly string[] | undefined): boolean {
  return (
    node.state === "ready" &&
    node.spec.Availability !== "drain" &&
    matchesConstraints(factsOf(node), constraints ?? [])
  );
}

/** The first of swarm's filters the node does not pass, in swarm's order. */
function whyNot(node: SimNode, task: SimTask, live: readonly SimTask[]): Reason | null {
  if (node.state !== "ready" || node.spec.Availability !== "active") return "unavailable";
  const need = task.template.Resources?.Reservations ?? {};
  const reserved = (key: "NanoCPUs" | "MemoryBytes") =>
    live.reduce((sum, each) => sum + (each.template.Resources?.Reservations?.[key] ?? 0), 0);
  const cpu = need.NanoCPUs ?? 0;
  const memory = need.MemoryBytes ?? 0;
  if (cpu > 0 && reserved("NanoCPUs") + cpu > node.nanoCpus) return "resources";
  if (memory > 0 && reserved("MemoryBytes") + memory > node.memoryBytes) return "resources";
  const { Constraints, MaxReplicas = 0 } = task.template.Placement ?? {};
  if (!matchesConstraints(factsOf(node), Constraints ?? [])) return "constraints";
  const same = live.filter((each) => each.serviceId === task.serviceId).length;
  return MaxReplicas > 0 && same >= MaxReplicas ? "maxReplicas" : null;
}

function factsOf(node: SimNode): Parameters<typeof matchesConstraints>[0] {
  return {
    id: node.id,
    name: node.name,
    role: node.spec.Role,
    address: node.address,
    os: "linux",
    arch: "x86_64",
    labels: node.spec.Labels,
    engineLabels: {},
  };
}

/** Swarm's sentence: `no suitable node (insufficient resources on 3 nodes; 1 node not available for new tasks)`. */
function explain(misses: ReadonlyMap<Reason, number>): string {
  const parts = [...misses].sort((a, b) => b[1] - a[1]).map(([reason, n]) => sayings[reason](count(n)));
  return parts.length === 0 ? "no suitable node" : `no suitable node (${parts.join("; ")})`;
}

const count = (n: number): string => (n === 1 ? "1 node" : `${n} nodes`);

const sayings: Readonly<Record<Reason, (nodes: string) => string>> = {
  unavailable: (nodes) => `${nodes} not available for new tasks`,
  resources: (nodes) => `insufficient resources on ${nodes}`,
  constraints: (nodes) => `scheduling constraints not satisfied on ${nodes}`,
  maxReplicas: () => "max replicas per node limit exceed",
};
