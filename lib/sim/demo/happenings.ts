import { isOver } from "../world/objects.ts";
import type { ServiceSpec } from "../world/spec.ts";
import type { Swarm } from "../world/swarm.ts";

/** The service that somebody works on. */
const deployed = "web_api";

const second = 1_000;
const minute = 60 * second;

/**
 * What goes on in the demo by itself, now and then: a new version of the api, a health check that fails for a while,
 * a node that is away for a minute. Each plans its next time; nothing happens in between.
 */
export function planHappenings(swarm: Swarm): void {
  const { timeline, random } = swarm.world;
  const every = (first: number, low: number, high: number, run: () => void) => {
    const again = () => {
      run();
      timeline.after(random.between(low, high), again);
    };
    timeline.after(first, again);
  };
  // Planned five minutes before the demo is looked at: the first update is then under way.
  every(4.5 * minute, 6 * minute, 9 * minute, () => nextVersion(swarm));
  every(3.5 * minute, 5 * minute, 8 * minute, () => failHealthCheck(swarm));
  every(13 * minute, 12 * minute, 18 * minute, () => loseWorker(swarm));
}

/** 2.8.0 → 2.8.1 → …, as a pipeline would deploy it. */
function nextVersion(swarm: Swarm): void {
  const service = [...swarm.world.services.values()].find(({ spec }) => spec.Name === deployed);
  if (!service || service.rollout) return;
  const { spec } = service;
  const container = spec.TaskTemplate.ContainerSpec;
  const found = /^(.*\.)(\d+)$/.exec(container?.Image ?? "");
  if (!found) return;
  const image = `${found[1]}${Number(found[2]) + 1}`;
  const next: ServiceSpec = {
    ...spec,
    TaskTemplate: { ...spec.TaskTemplate, ContainerSpec: { ...container, Image: image } },
  };
  swarm.updateService(service, next);
}

/** A task on the node whose engine we hear: nobody would see it elsewhere. It recovers after two minutes or so. */
function failHealthCheck({ world, life }: Swarm): void {
  const checked = world.tasksOn(world.ownNodeId).filter((task) => task.container?.health === "healthy");
  const candidates = checked.filter((task) => task.state === "running" && task.desired === "running");
  // Its updates replace tasks, ill or not, and would hide what is to be seen.
  const quiet = candidates.filter((task) => world.services.get(task.serviceId)?.spec.Name !== deployed);
  const task = quiet[Math.floor(world.random.between(0, quiet.length))];
  if (!task) return;
  life.setHealth(task, "unhealthy");
  world.timeline.after(world.random.between(100 * second, 150 * second), () => {
    if (!isOver(task)) life.setHealth(task, "healthy");
  });
}

function loseWorker(swarm: Swarm): void {
  const { world } = swarm;
  const active = [...world.nodes.values()].filter(
    (node) => node.id !== world.ownNodeId && node.state === "ready" && node.spec.Availability === "active",
  );
  const workers = active.filter((node) => node.spec.Role === "worker");
  const node = workers[Math.floor(world.random.between(0, workers.length))];
  if (!node) return;
  swarm.loseNode(node);
  world.timeline.after(world.random.between(60 * second, 90 * second), () => swarm.returnNode(node));
}
