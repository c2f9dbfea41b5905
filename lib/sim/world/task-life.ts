import { endRun, tellOf } from "./containers.ts";
import {
  isOver,
  isUp,
  isWanted,
  type SimContainer,
  type SimService,
  type SimTask,
  type TaskState,
} from "./objects.ts";
import { programOf } from "./program.ts";
import { findPlace } from "./scheduler.ts";
import type { Workload } from "./workload.ts";
import type { World } from "./world.ts";

/** How long swarm gathers changes before it looks for places again, ms. */
const PLACING_MS = 60;

/** Tasks of a world from their making to their end; the rest of swarm decides which tasks there are. */
export class TaskLife {
  private readonly world: World;
  private readonly unplaced = new Set<SimTask>();
  private placing = false;

  constructor(world: World) {
    this.world = world;
  }

  /** Makes a task; `nodeId` for global services, `ready` holds it until `release`. */
  create(
    service: SimService,
    place: { readonly slot: number; readonly nodeId: string | null },
    desired: SimTask["desired"],
  ): SimTask {
    const { world } = this;
    const task: SimTask = {
      id: world.random.id(),
      serviceId: service.id,
      serviceName: service.spec.Name,
      slot: place.slot,
      nodeId: place.nodeId,
      createdAt: world.now,
      updatedAt: world.now,
      index: 0,
      template: service.spec.TaskTemplate,
      templateText: service.templateText,
      state: "pending",
      desired,
      stateAt: world.now,
      message: "pending task scheduling",
      error: "",
      exitCode: 0,
      container: null,
    };
    world.addTask(task);
    this.unplaced.add(task);
    this.placeSoon();
    return task;
  }

  /** Capacity, labels or nodes have changed: what waits may find a place now. */
  placeSoon(): void {
    if (this.placing || this.unplaced.size === 0) return;
    this.placing = true;
    this.world.timeline.after(PLACING_MS, () => {
      this.placing = false;
      for (const task of this.unplaced) this.place(task);
    });
  }

  /** A task that was held back may start. */
  release(task: SimTask): void {
    if (task.desired !== "ready") return;
    task.desired = "running";
    this.world.touch(task);
    if (task.state === "ready") this.start(task);
  }

  /** Ends a task in good order. `remove` also forgets it afterwards. */
  stop(task: SimTask, desired: "shutdown" | "remove"): void {
    const { world } = this;
    if (isOver(task) || this.unplaced.has(task)) {
      this.endUnstarted(task, desired);
      return;
    }
    if (!isWanted(task) && task.desired !== "complete") {
      task.desired = desired;
      return;
    }
    task.desired = desired;
    world.touch(task);
    // A node that is away hears nothing: its tasks stay as they were last seen.
    if (world.nodes.get(task.nodeId ?? "")?.state !== "ready") return;
    const [low, high] = this.workload(task).stop;
    const time = isUp(task.container) ? world.random.between(low, high) : 50;
    world.timeline.after(time, () => {
      const isThere = world.nodes.get(task.nodeId ?? "")?.state === "ready";
      if (!isThere || isOver(task)) return;
      const { container } = task;
      if (container !== null && isUp(container)) tellOf(world, container, "kill", { signal: "15" });
      this.end(task, "shutdown", { exitCode: 0, error: "" });
      if (container !== null && container.startedAt > 0) tellOf(world, container, "stop");
    });
  }

  /** The container ends by itself or is killed. */
  exit(task: SimTask, exitCode: number): void {
    if (isOver(task)) return;
    if (exitCode === 0) this.end(task, "complete", { exitCode, error: "" });
    else this.end(task, "failed", { exitCode, error: `task: non-zero exit (${exitCode})` });
  }

  /** Sets health of a running container, with its event. */
  setHealth(task: SimTask, health: "healthy" | "unhealthy"): void {
    if (task.container === null || !isUp(task.container) || task.container.health === health) return;
    task.container.health = health;
    tellOf(this.world, task.container, `health_status: ${health}`);
  }

  private endUnstarted(task: SimTask, desired: "shutdown" | "remove"): void {
    const waited = this.unplaced.delete(task);
    if (task.desired === desired && !waited) return;
    task.desired = desired;
    if (waited) this.moveTo(task, "shutdown", "shutdown");
    else this.world.touch(task);
    if (desired === "remove") this.world.dropTask(task);
  }

  private place(task: SimTask): void {
    const { world } = this;
    const found = findPlace(world, task);
    if ("error" in found) {
      if (task.error === found.error) return;
      task.error = found.error;
      world.touch(task);
      return;
    }
    this.unplaced.delete(task);
    world.assign(task, found.node.id);
    task.error = "";
    this.moveTo(task, "assigned", "scheduler assigned task to node");
    this.later(task, [60, 200], () => this.prepare(task));
  }

  private prepare(task: SimTask): void {
    this.moveTo(task, "preparing", "preparing");
    const { world } = this;
    const image = task.template.ContainerSpec?.Image ?? "";
    const engine = world.engineOf(task.nodeId ?? "");
    const isHere = engine.image(image) !== undefined;
    this.later(task, isHere ? [20, 120] : this.workload(task).pull, () => {
      if (!isHere && world.registry.refusal(image) !== null) {
        this.end(task, "rejected", { exitCode: 0, error: `No such image: ${image}` });
        return;
      }
      engine.addImage(image, world.now);
      this.makeContainer(task);
      if (task.desired === "ready") this.moveTo(task, "ready", "prepared");
      else this.start(task);
    });
  }

  private makeContainer(task: SimTask): void {
    const { world } = this;
    const nodeId = task.nodeId ?? "";
    const container: SimContainer = {
      id: world.random.hex(), nodeId, task, body: null, image: task.template.ContainerSpec?.Image ?? "",
      createdAt: world.now, name: null, startedAt: 0, finishedAt: null, paused: false, exitCode: 0, error: "",
      health: "none", turn: 0, networks: null,
    }; // biome-ignore format: one fact after another
    task.container = container;
    world.engineOf(nodeId).containers.set(container.id, container);
    tellOf(world, container, "create");
  }

  private start(task: SimTask): void {
    const { world } = this;
    const { container } = task;
    if (container === null) return;
    const program = programOf(container, this.workload(task));
    if (program.missing !== null) {
      container.exitCode = 127;
      this.moveTo(task, "starting", "starting");
      this.end(task, "failed", { exitCode: 127, error: `starting container failed: ${program.missing}` });
      return;
    }
    container.startedAt = world.now;
    container.turn += 1;
    container.health = program.health === "none" ? "none" : "starting";
    this.moveTo(task, "starting", "starting");
    tellOf(world, container, "start");
    if (program.endsAfterMs !== null) {
      world.timeline.after(program.endsAfterMs, () => {
        if (task.container === container && this.isThere(task)) this.exit(task, program.exitCode);
      });
    }
    if (program.health === "unhealthy") {
      // The engine ends what never becomes well.
      this.later(task, [2 * program.intervalMs, 2 * program.intervalMs + 500], () => {
        this.setHealth(task, "unhealthy");
        this.exit(task, 137);
      });
      return;
    }
    this.later(task, this.workload(task).start, () => {
      if (program.health === "healthy") this.setHealth(task, "healthy");
      this.moveTo(task, "running", "started");
      this.planEnd(task);
      world.hooks.running(task);
    });
  }

  private isThere(task: SimTask): boolean {
    return this.world.nodes.get(task.nodeId ?? "")?.state === "ready";
  }

  private planEnd(task: SimTask): void {
    const { ends } = this.workload(task);
    if (!ends || (ends.slot !== undefined && ends.slot !== task.slot)) return;
    const { container } = task;
    this.world.timeline.after(this.world.random.between(...ends.after), () => {
      if (task.container === container && this.isThere(task)) this.exit(task, ends.exitCode);
    });
  }

  private end(task: SimTask, state: TaskState, outcome: { exitCode: number; error: string }): void {
    const { world } = this;
    task.exitCode = outcome.exitCode;
    task.error = outcome.error;
    if (task.container !== null) endRun(world, task.container, outcome.exitCode);
    const [before] = [task.message];
    const words: Partial<Record<TaskState, string>> = {
      complete: "finished",
      shutdown: "shutdown",
      rejected: before,
    };
    this.moveTo(
      task,
      state,
      words[state] ?? (outcome.exitCode === 127 && before === "starting" ? before : "started"),
    );
    world.hooks.ended(task);
    if (task.desired === "remove") world.dropTask(task);
    this.placeSoon();
  }

  private moveTo(task: SimTask, state: TaskState, message: string): void {
    task.state = state;
    task.message = message;
    task.stateAt = this.world.now;
    this.world.touch(task);
  }

  /** The next step of a task, unless it has been stopped or its node went away in between. */
  private later(task: SimTask, [low, high]: readonly [number, number], run: () => void): void {
    const { state } = task;
    this.world.timeline.after(this.world.random.between(low, high), () => {
      const isThere = this.world.nodes.get(task.nodeId ?? "")?.state === "ready";
      if (isThere && task.state === state && (isWanted(task) || task.desired === "complete")) run();
    });
  }

  private workload(task: SimTask): Workload {
    return this.world.workloadOf(task.template.ContainerSpec?.Image ?? "");
  }
}
