import { type ContainerBody, isUp, type SimContainer, type SimTask } from "./objects.ts";
import { programOf } from "./program.ts";
import type { World } from "./world.ts";

/** `web_api.3.x1y2…`, with the node in place of the slot for global services, or the name it was given. */
export function containerName({ name, task, id }: SimContainer): string {
  if (name !== null) return name;
  return task === null ? id.slice(0, 12) : taskName(task);
}

/** The name of the container that a task gets. */
function taskName({ serviceName, slot, nodeId, id }: SimTask): string {
  return `${serviceName}.${slot > 0 ? slot : nodeId}.${id}`;
}

export function containerLabels({ task, body }: SimContainer): Record<string, string> {
  if (task === null) return { ...body?.Labels };
  return {
    ...task.template.ContainerSpec?.Labels,
    "com.docker.swarm.node.id": task.nodeId ?? "",
    "com.docker.swarm.service.id": task.serviceId,
    "com.docker.swarm.service.name": task.serviceName,
    "com.docker.swarm.task": "",
    "com.docker.swarm.task.id": task.id,
    "com.docker.swarm.task.name": taskName(task),
  };
}

/** What the engine of its node tells of a container. */
export function tellOf(
  world: World,
  container: SimContainer,
  action: string,
  more: Readonly<Record<string, string>> = {},
): void {
  const attributes = {
    ...containerLabels(container),
    image: container.image,
    name: containerName(container),
    ...more,
  };
  world.emit("container", action, container.id, attributes, container.nodeId);
}

/** Ends the run of a container, with its event and those who look into it. */
export function endRun(world: World, container: SimContainer, exitCode: number): void {
  if (!isUp(container)) return;
  container.finishedAt = world.now;
  container.paused = false;
  container.exitCode = exitCode;
  if (container.health !== "none") container.health = "unhealthy";
  const engine = world.engineOf(container.nodeId);
  for (const exec of engine.execs.values()) if (exec.container === container) exec.kill?.(137);
  const execDuration = String(Math.floor((world.now - container.startedAt) / 1_000));
  tellOf(world, container, "die", { exitCode: String(exitCode), execDuration });
  world.runEnded(container);
}

/** Containers that were made by hand, and what hands do to all of them. */
export class HandContainers {
  private readonly world: World;
  /** What becomes of the task of a container that has ended. */
  private readonly taskExits: (task: SimTask, exitCode: number) => void;

  /** Newer engines tell of a stop before they tell of the end that it brings. */
  private readonly tellsStopFirst: boolean;

  constructor(world: World, taskExits: (task: SimTask, exitCode: number) => void, tellsStopFirst = false) {
    this.world = world;
    this.taskExits = taskExits;
    this.tellsStopFirst = tellsStopFirst;
  }

  create(nodeId: string, name: string, body: ContainerBody): SimContainer {
    const { world } = this;
    const container: SimContainer = {
      id: world.random.hex(), nodeId, task: null, body, image: body.Image ?? "", createdAt: world.now, name,
      startedAt: 0, finishedAt: null, paused: false, exitCode: 0, error: "", health: "none", turn: 0, networks: null,
    }; // biome-ignore format: one fact after another
    world.engineOf(nodeId).containers.set(container.id, container);
    tellOf(world, container, "create");
    return container;
  }

  /** Answers why it cannot be started, or null. */
  start(container: SimContainer): string | null {
    const { world } = this;
    const program = programOf(container, world.workloadOf(container.image));
    if (program.missing !== null) {
      container.exitCode = 127;
      container.error = program.missing;
      return program.missing;
    }
    container.startedAt = world.now;
    container.finishedAt = null;
    container.exitCode = 0;
    container.turn += 1;
    container.health = program.health === "none" ? "none" : "starting";
    tellOf(world, container, "start");
    this.planHealth(container, program.health, program.intervalMs);
    if (program.endsAfterMs !== null) {
      this.later(container, program.endsAfterMs, () => this.exit(container, program.exitCode));
    }
    return null;
  }

  /** The main process is gone. */
  exit(container: SimContainer, exitCode: number): void {
    if (container.task !== null) this.taskExits(container.task, exitCode);
    endRun(this.world, container, exitCode);
    if (container.body?.HostConfig?.AutoRemove === true) this.remove(container);
  }

  stop(container: SimContainer, signal = "15"): void {
    tellOf(this.world, container, "kill", { signal });
    if (this.tellsStopFirst) tellOf(this.world, container, "stop");
    this.exit(container, container.task === null ? 143 : 0);
    if (!this.tellsStopFirst) tellOf(this.world, container, "stop");
  }

  kill(container: SimContainer, signal: number): void {
    tellOf(this.world, container, "kill", { signal: String(signal) });
    // What stands still could not hear of it: the engine lets it run on.
    if (container.paused) this.pause(container, false);
    if (signal === 9) this.exit(container, 137);
    else if (signal === 15 || signal === 2 || signal === 3 || signal === 6)
      this.exit(container, 128 + signal);
  }

  restart(container: SimContainer): string | null {
    if (isUp(container)) this.stop(container);
    const error = this.start(container);
    if (error === null) tellOf(this.world, container, "restart");
    return error;
  }

  pause(container: SimContainer, paused: boolean): void {
    container.paused = paused;
    tellOf(this.world, container, paused ? "pause" : "unpause");
  }

  rename(container: SimContainer, name: string): void {
    const oldName = `/${containerName(container)}`;
    container.name = name;
    container.isRenamed = true;
    tellOf(this.world, container, "rename", { oldName });
  }

  remove(container: SimContainer): void {
    if (isUp(container)) this.kill(container, 9);
    this.world.engineOf(container.nodeId).containers.delete(container.id);
    tellOf(this.world, container, "destroy");
  }

  private planHealth(
    container: SimContainer,
    health: "none" | "healthy" | "unhealthy",
    intervalMs: number,
  ): void {
    if (health === "none") return;
    this.later(container, intervalMs, () => {
      container.health = health;
      tellOf(this.world, container, `health_status: ${health}`);
    });
  }

  private later(container: SimContainer, ms: number, run: () => void): void {
    const { turn } = container;
    this.world.timeline.after(ms, () => {
      const isThere = this.world.nodes.get(container.nodeId)?.state !== "down";
      if (container.turn === turn && isUp(container) && isThere) run();
    });
  }
}
