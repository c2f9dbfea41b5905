import { Swarm } from "../world/swarm.ts";
import { World } from "../world/world.ts";
import type { DemoCluster } from "./demo-cluster.ts";
import { demoResources } from "./demo-resources.ts";
import { type ServicePlan, specOf } from "./demo-services.ts";
import { demoWorkload } from "./workloads.ts";

const GB = 1024 ** 3;
const minute = 60_000;
const day = 24 * 60 * minute;

/** Few services, and one that only runs where the label printer is. */
const services: readonly ServicePlan[] = [
  { name: "till", stack: "shop", image: "ghcr.io/acme/till:3.2.0", replicas: 3, cpus: 0.5, memory: 0.5, checked: true, ports: [8080] },
  { name: "sync", stack: "shop", image: "ghcr.io/acme/sync:1.9", replicas: "global", cpus: 0.1, memory: 0.25 },
  { name: "labels", stack: "shop", image: "ghcr.io/acme/labels:1.1", replicas: 1, cpus: 0.1, memory: 0.25, constraints: ["node.labels.printer==zebra"] },
  { name: "cache", stack: "shop", image: "redis:7.4", replicas: 1, cpus: 0.25, memory: 0.5 },
]; // biome-ignore format: one line a service

/**
 * The small swarm of a branch office: one manager, and a node that lost its power twenty minutes ago. What it did is done by
 * the others, but for the labels: their printer hangs on that node.
 */
export function createBranchCluster({
  now,
  seed,
}: {
  readonly now: number;
  readonly seed: number;
}): DemoCluster {
  const world = new World({ seed, now: now - 12 * day, workloadOf: demoWorkload });
  const swarm = new Swarm(world);
  const nodes = ["branch-1", "branch-2", "branch-3"].map((name, index) =>
    swarm.addNode({
      name,
      address: `10.30.0.${10 + index}`,
      nanoCpus: 4e9,
      memoryBytes: 8 * GB,
      leader: index === 0,
      spec: {
        Labels: index === 2 ? { printer: "zebra" } : {},
        Role: index === 0 ? "manager" : "worker",
        Availability: "active",
      },
    }),
  );
  world.ownNodeId = nodes[0]?.id ?? "";
  const resources = demoResources(world, ["shop"]);
  world.timeline.advance(now - 11 * day);
  for (const plan of services) swarm.createService(specOf(plan, resources));
  world.timeline.advance(now - 20 * minute);
  const away = nodes.at(-1);
  if (away) swarm.cutPower(away);
  world.timeline.advance(now);
  return { swarm };
}
