import { normaliseService } from "../world/normalise.ts";
import type { SimNode, SimService, SimTask, TaskState } from "../world/objects.ts";
import { Swarm } from "../world/swarm.ts";
import { calm, type Workload } from "../world/workload.ts";
import { World } from "../world/world.ts";

const GB = 1024 ** 3;
const minute = 60_000;

export interface CrowdOptions {
  readonly now: number;
  readonly seed: number;
  readonly nodes: number;
  readonly services: number;
  /** That run; spread over the services. */
  readonly tasks: number;
  /** Finished tasks that each place keeps. */
  readonly history: number;
  /** Tasks that are replaced, in a second of the world's time. */
  readonly churnPerSecond: number;
}

const steady: Workload = {
  ...calm,
  pull: [50, 200],
  start: [200, 600],
  stop: [100, 300],
  logs: [
    "GET /api/items 200 12 ms",
    "GET /healthz 200 1 ms",
    "stderr: slow query: 812 ms",
    "POST /api/orders 201 48 ms",
  ],
  everyMs: 5_000,
};

/**
 * A swarm of any size as it would be after a while. Its tasks are put where they are at once: to let swarm place a hundred
 * thousand of them one by one would take minutes. From then on it lives like every other.
 */
export function createCrowdSwarm(options: CrowdOptions): Swarm {
  const { now, seed, history } = options;
  const world = new World({ seed, now: now - 60 * minute, workloadOf: () => steady });
  const swarm = new Swarm(world);
  const nodes = Array.from({ length: options.nodes }, (_, index) => addNode(swarm, index, options.nodes));
  world.addNetwork({
    name: "ingress",
    driver: "overlay",
    nodeId: null,
    subnet: "10.255.0.0/16",
    ingress: true,
  });
  let next = 0;
  for (let index = 0; index < options.services; index += 1) {
    const share =
      Math.floor(((index + 1) * options.tasks) / options.services) -
      Math.floor((index * options.tasks) / options.services);
    const service = addService(swarm, index, share);
    for (let slot = 1; slot <= share; slot += 1) {
      const node = nodes[next % nodes.length];
      next += 1;
      if (!node) continue;
      for (let turn = history; turn >= 1; turn -= 1) settle(world, service, slot, node, turn);
      settle(world, service, slot, node, 0);
    }
  }
  world.settings.taskHistoryLimit = Math.max(5, history + 1);
  world.timeline.advance(now);
  if (options.churnPerSecond > 0) planChurn(swarm, options.churnPerSecond);
  return swarm;
}

function addNode(swarm: Swarm, index: number, nodes: number): SimNode {
  const managers = nodes < 3 ? 1 : 3;
  return swarm.addNode({
    name: `node-${String(index + 1).padStart(3, "0")}`,
    address: `10.20.${Math.floor(index / 200)}.${10 + (index % 200)}`,
    nanoCpus: 32e9,
    memoryBytes: 128 * GB,
    leader: index === 0,
    spec: {
      Labels: { zone: `zone-${"abc"[index % 3]}` },
      Role: index < managers ? "manager" : "worker",
      Availability: "active",
    },
  });
}

function addService(swarm: Swarm, index: number, replicas: number): SimService {
  const stack = `stack-${String(Math.floor(index / 10) + 1).padStart(3, "0")}`;
  const labels = { "com.docker.stack.namespace": stack };
  const spec = normaliseService(
    {
      Name: `${stack}_service-${index % 10}`,
      Labels: labels,
      TaskTemplate: {
        ContainerSpec: {
          Image: `registry.example.org/team/app-${index % 50}:1.${index % 7}`,
          Labels: labels,
        },
        RestartPolicy: { Delay: 1e9 },
      },
      Mode: { Replicated: { Replicas: 0 } },
      UpdateConfig: { Parallelism: 2, Monitor: 2e9 },
    },
    () => "",
  );
  const service = swarm.createService(spec);
  service.spec = { ...spec, Mode: { Replicated: { Replicas: replicas } } };
  return service;
}

/** Puts a task of a place where it is: `turn` 0 runs, the others ended before it. */
function settle(world: World, service: SimService, slot: number, node: SimNode, turn: number): void {
  const began = world.now - turn * 5 * minute;
  const isOver = turn > 0;
  const failed = isOver && (slot + turn) % 7 === 0;
  const state: TaskState = isOver ? (failed ? "failed" : "shutdown") : "running";
  const image = service.spec.TaskTemplate.ContainerSpec?.Image ?? "";
  const task: SimTask = {
    id: world.random.id(), serviceId: service.id, serviceName: service.spec.Name, slot, createdAt: began, updatedAt: began, index: 0,
    template: service.spec.TaskTemplate, templateText: service.templateText, nodeId: node.id, state,
    desired: isOver ? "shutdown" : "running", stateAt: isOver ? began + 4 * minute : began,
    message: isOver ? (failed ? "started" : "shutdown") : "started",
    error: failed ? "task: non-zero exit (1)" : "", exitCode: failed ? 1 : 0, container: null,
  }; // biome-ignore format: one fact after another
  task.container = {
    id: world.random.hex(), nodeId: node.id, task, body: null, image, createdAt: began, name: null, startedAt: began,
    finishedAt: isOver ? began + 4 * minute : null, paused: false, exitCode: task.exitCode, error: "", health: "none", turn: 1, networks: null,
  }; // biome-ignore format: one fact after another
  const engine = world.engineOf(node.id);
  engine.addImage(image, world.createdAt);
  engine.containers.set(task.container.id, task.container);
  world.addTask(task);
}

/** Ends tasks here and there, evenly over time; swarm replaces them. */
function planChurn({ world, life }: Swarm, perSecond: number): void {
  const services = [...world.services.values()];
  const again = () => {
    const service = services[Math.floor(world.random.between(0, services.length))];
    const running = service
      ? world.tasksOf(service.id).filter((task) => task.state === "running" && task.desired === "running")
      : [];
    const task = running[Math.floor(world.random.between(0, running.length))];
    if (task) life.exit(task, 1);
    world.timeline.after(1_000 / perSecond, again);
  };
  world.timeline.after(1_000 / perSecond, again);
}
