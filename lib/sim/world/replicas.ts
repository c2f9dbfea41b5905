import { isOver, isWanted, placeOf, type SimService, type SimTask } from "./objects.ts";
import { isEligible } from "./scheduler.ts";
import { modeOf, replicasOf } from "./spec.ts";
import type { TaskLife } from "./task-life.ts";
import type { World } from "./world.ts";

/** Keeps as many tasks as services want: scale, global services, restarts, and how much history stays. */
export class Replicas {
  private readonly world: World;
  private readonly life: TaskLife;

  constructor(world: World, life: TaskLife) {
    this.world = world;
    this.life = life;
  }

  /** Makes and stops tasks until their number is what the service wants. */
  reconcile(service: SimService): void {
    const live = this.world.tasksOf(service.id).filter(isWanted);
    switch (modeOf(service.spec)) {
      case "replicated":
        this.reconcileSlots(service, live);
        break;
      case "global":
        this.reconcileNodes(service, live);
        break;
      case "job":
        this.fillJob(service);
    }
  }

  /** A task ended by itself: another one takes its place after the restart delay, if the policy says so. */
  replaceEnded(service: SimService, task: SimTask): void {
    task.desired = "shutdown";
    this.world.touch(task);
    if (this.mayRestart(service, task)) {
      const next = this.life.create(service, this.seat(task), "ready");
      const delay = (service.spec.TaskTemplate.RestartPolicy?.Delay ?? 5e9) / 1e6;
      this.world.timeline.after(delay, () => this.life.release(next));
    }
    this.trim(service, task);
  }

  /** Moves everything off a node that is drained, lost or removed. */
  evacuate(nodeId: string): void {
    for (const task of this.world.tasksOn(nodeId)) {
      const service = this.world.services.get(task.serviceId);
      if (!service || !isWanted(task)) continue;
      this.life.stop(task, "shutdown");
      if (modeOf(service.spec) !== "replicated") continue;
      this.life.create(service, { slot: task.slot, nodeId: null }, "running");
      this.trim(service, task);
    }
  }

  /** Forgets ended tasks beyond the history limit; a place's live task counts. */
  trim(service: SimService, { slot, nodeId }: Pick<SimTask, "slot" | "nodeId">): void {
    const place = placeOf({ slot, nodeId });
    const tasks = this.world.tasksOf(service.id).filter((each) => placeOf(each) === place);
    const surplus = tasks.length - this.world.settings.taskHistoryLimit;
    const oldest = tasks.filter((each) => isOver(each)).slice(0, Math.max(0, surplus));
    for (const task of oldest) this.world.dropTask(task);
  }

  private mayRestart(service: SimService, task: SimTask): boolean {
    const { Condition = "any", MaxAttempts = 0 } = service.spec.TaskTemplate.RestartPolicy ?? {};
    if (Condition === "none" || (Condition === "on-failure" && task.state === "complete")) return false;
    if (MaxAttempts === 0) return true;
    const place = placeOf(task);
    const ended = this.world.tasksOf(service.id).filter((each) => isOver(each) && placeOf(each) === place);
    return ended.length <= MaxAttempts;
  }

  private seat(task: SimTask): { slot: number; nodeId: string | null } {
    return { slot: task.slot, nodeId: task.slot > 0 ? null : task.nodeId };
  }

  private reconcileSlots(service: SimService, live: readonly SimTask[]): void {
    const bySlot = Map.groupBy(live, (task) => task.slot);
    const wanted = replicasOf(service.spec);
    for (let slot = 1; bySlot.size < wanted; slot += 1) {
      if (bySlot.has(slot)) continue;
      bySlot.set(slot, [this.life.create(service, { slot, nodeId: null }, "running")]);
    }
    // What does not run yet goes first, then the newest slots.
    const runs = (tasks: readonly SimTask[]) => tasks.some((task) => task.state === "running");
    const order = [...bySlot].sort((a, b) => Number(runs(a[1])) - Number(runs(b[1])) || b[0] - a[0]);
    for (const [slot] of order.slice(0, Math.max(0, bySlot.size - wanted))) this.removeSlot(service, slot);
  }

  /** Of a slot that is scaled away nothing stays, history neither. */
  private removeSlot(service: SimService, slot: number): void {
    for (const task of this.world.tasksOf(service.id)) {
      if (task.slot === slot) this.life.stop(task, "remove");
    }
  }

  private reconcileNodes(service: SimService, live: readonly SimTask[]): void {
    const constraints = service.spec.TaskTemplate.Placement?.Constraints;
    const seats = new Set(live.map((task) => task.nodeId));
    for (const node of this.world.nodes.values()) {
      const eligible = isEligible(node, constraints);
      if (eligible && !seats.has(node.id) && node.spec.Availability === "active") {
        this.trim(service, this.life.create(service, { slot: 0, nodeId: node.id }, "running"));
      }
      if (eligible) continue;
      for (const task of live) if (task.nodeId === node.id) this.life.stop(task, "shutdown");
    }
  }

  private fillJob(service: SimService): void {
    const made = this.world.tasksOf(service.id).length;
    for (let slot = made; slot < replicasOf(service.spec); slot += 1) {
      this.life.create(service, { slot: slot + 1, nodeId: null }, "complete");
    }
  }
}
