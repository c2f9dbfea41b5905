import type { SimNode, SimService, SimTask } from "../world/objects.ts";
import { isOver } from "../world/objects.ts";
import type { NodeSpec, ServiceSpec, TaskTemplate } from "../world/spec.ts";
import { Swarm } from "../world/swarm.ts";
import { calm, type Workload } from "../world/workload.ts";
import { World } from "../world/world.ts";

export const GB = 1024 ** 3;
export const seconds = (n: number): number => n * 1e9;

/** A swarm of equal nodes (4 CPUs, 8 GB); images behave calmly unless `workloads` knows them. */
export function smallSwarm({
  nodes = 3,
  workloads = {},
}: {
  nodes?: number;
  workloads?: Readonly<Record<string, Partial<Workload>>>;
} = {}) {
  const workloadOf = (image: string): Workload => ({ ...calm, ...workloads[image] });
  const world = new World({ seed: 7, now: 1_700_000_000_000, workloadOf });
  const swarm = new Swarm(world);
  for (let n = 1; n <= nodes; n += 1) addNode(swarm, `n${n}`, { Role: n === 1 ? "manager" : "worker" });
  world.ownNodeId = node(world, "n1").id;
  return { swarm, world, pass: (ms: number) => world.timeline.advance(world.now + ms) };
}

export function addNode(swarm: Swarm, name: string, spec: Partial<NodeSpec> = {}): SimNode {
  return swarm.addNode({
    name,
    address: "10.0.0.1",
    nanoCpus: 4e9,
    memoryBytes: 8 * GB,
    leader: name === "n1",
    spec: { Labels: {}, Role: "worker", Availability: "active", ...spec },
  });
}

/** A specification of one service: replicated once, image `app:1`. */
export function spec(more: Partial<ServiceSpec> & { template?: TaskTemplate } = {}): ServiceSpec {
  const { template, ...rest } = more;
  return {
    Name: "web",
    Mode: { Replicated: { Replicas: 1 } },
    ...rest,
    TaskTemplate: { ContainerSpec: { Image: "app:1" }, ...template },
  };
}

export function node(world: World, name: string): SimNode {
  const found = [...world.nodes.values()].find((each) => each.name === name);
  if (!found) throw new Error(`no node ${name}`);
  return found;
}

/** Tasks that are not over, as `slot:state@node`, in order of slots. */
export function live(world: World, service: SimService): string[] {
  const tasks = world.tasksOf(service.id).filter((task) => !isOver(task));
  const name = (task: SimTask) => world.nodes.get(task.nodeId ?? "")?.name ?? "-";
  return tasks.map((task) => `${task.slot}:${task.state}@${name(task)}`).sort();
}

export function running(world: World, service: SimService): SimTask[] {
  return world.tasksOf(service.id).filter((task) => task.state === "running" && task.desired === "running");
}
