import type { SimNode } from "../world/objects.ts";
import { Swarm } from "../world/swarm.ts";
import { World } from "../world/world.ts";
import { crowd } from "./crowd.ts";
import { demoResources } from "./demo-resources.ts";
import { demoServices, type ServicePlan, specOf } from "./demo-services.ts";
import { planHappenings } from "./happenings.ts";
import { demoWorkload } from "./workloads.ts";

const GB = 1024 ** 3;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export interface DemoOptions {
  /** The present moment, ms since 1970: the story begins six days before it. */
  readonly now: number;
  readonly seed: number;
  /** 3 to 50. */
  readonly nodes: number;
  /** About how many tasks, up to 2,000; the three stacks of the demo are always there. */
  readonly tasks: number;
}

export interface DemoCluster {
  readonly swarm: Swarm;
}

/**
 * A small company's swarm, as it would be after six days: three stacks, a mailer that keeps failing, renders that do
 * not all fit, a notebook that asks for a GPU nobody has, one drained node, and an update that has just begun.
 */
export function createDemoCluster(options: DemoOptions): DemoCluster {
  const { now, seed } = options;
  const world = new World({ seed, now: now - 6 * day, workloadOf: demoWorkload });
  const swarm = new Swarm(world);
  const nodes = addNodes(swarm, options);
  const others = crowd(options, demoServices);
  const stacks = [...new Set([...demoServices, ...others].map(({ stack }) => stack))];
  const resources = demoResources(world, stacks);
  const at = (ago: number, run: () => void) => {
    world.timeline.advance(now - ago);
    run();
  };
  const deployAt = (ago: number, plans: readonly ServicePlan[]) =>
    at(ago, () => {
      for (const plan of plans) swarm.createService(specOf(plan, resources));
    });
  const planned = Object.groupBy(demoServices, ({ stack, name }) => (stack === "lab" ? labAge(name) : stack));
  deployAt(6 * day, planned.web ?? []);
  deployAt(5 * day, planned.observability ?? []);
  deployAt(3 * day, others);
  at(2 * day, () => {
    const node = nodes.find(({ name }) => name === "swarm-5");
    if (node) swarm.updateNode(node, { ...node.spec, Availability: "drain" });
  });
  deployAt(9 * hour, planned.old ?? []);
  deployAt(41 * minute, planned.render ?? []);
  deployAt(5 * minute, planned.mailer ?? []);
  planHappenings(swarm);
  world.timeline.advance(now);
  return { swarm };
}

/** The lab is tinkered with: two of its services are of today. */
function labAge(name: string): "render" | "mailer" | "old" {
  return name === "render" || name === "mailer" ? name : "old";
}

/** Three managers and workers after them; the fourth has the fast disk and is twice as big. */
function addNodes(swarm: Swarm, { nodes }: DemoOptions): SimNode[] {
  const made = Array.from({ length: nodes }, (_, index) => {
    const big = index % 5 === 3 || (nodes === 3 && index === 2);
    return swarm.addNode({
      name: `swarm-${index + 1}`,
      address: `10.20.${Math.floor(index / 200)}.${10 + (index % 200)}`,
      nanoCpus: (big ? 16 : 8) * 1e9,
      memoryBytes: (big ? 32 : 16) * GB,
      leader: index === 0,
      spec: {
        Labels: big ? { disk: "ssd" } : {},
        Role: index < 3 ? "manager" : "worker",
        Availability: "active",
      },
    });
  });
  swarm.world.ownNodeId = made[0]?.id ?? "";
  return made;
}
