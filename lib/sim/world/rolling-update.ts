import { isOver, isWanted, placeOf, type SimService, type SimTask, type UpdateStatus } from "./objects.ts";
import type { Replicas } from "./replicas.ts";
import { modeOf, replicasOf, type ServiceSpec, type UpdateConfig } from "./spec.ts";
import type { TaskLife } from "./task-life.ts";
import type { World } from "./world.ts";

/** Replaces tasks of an older version one after another, as UpdateConfig says, and watches how the new ones do. */
export class RollingUpdates {
  private readonly world: World;
  private readonly life: TaskLife;
  private readonly replicas: Replicas;

  constructor(world: World, life: TaskLife, replicas: Replicas) {
    this.world = world;
    this.life = life;
    this.replicas = replicas;
  }

  /** Begins when there is anything to replace; what was under way for an older specification ends. */
  begin(
    service: SimService,
    isRollback: boolean,
    changes: Readonly<Record<string, string>> = {},
    why = "",
  ): void {
    service.rollout = null;
    if (this.outdated(service).length === 0 && !isRollback) return;
    const rollout = { isRollback, startedAt: this.world.now, replacing: new Map<string, SimTask>() };
    service.rollout = rollout;
    if (isRollback) {
      // One write says both: what it goes back to, and that it does.
      this.setStatus(service, "rollback_started", why, changes);
      this.world.timeline.after(50, () => service.rollout === rollout && this.step(service));
      return;
    }
    service.updateStatus = null;
    // For a moment the engine has no status at all (swarm-facts §4).
    this.world.timeline.after(50, () => {
      if (service.rollout !== rollout) return;
      this.setStatus(service, "updating", "update in progress");
      this.step(service);
    });
  }

  /** A new task runs: with start-first the old one goes now; after the delay the next place is done. */
  running(service: SimService, task: SimTask): void {
    const { rollout } = service;
    if (rollout?.replacing.get(placeOf(task)) !== task) return;
    for (const old of this.outdated(service)) {
      if (placeOf(old) === placeOf(task)) this.life.stop(old, "shutdown");
    }
    this.world.timeline.after((configOf(service).Delay ?? 0) / 1e6, () => {
      if (service.rollout !== rollout) return;
      rollout.replacing.delete(placeOf(task));
      this.step(service);
    });
  }

  /** With stop-first the end of an old task lets the new one start; the end of a new one is a failed update. */
  ended(service: SimService, task: SimTask): void {
    const next = service.rollout?.replacing.get(placeOf(task));
    if (next && next !== task) this.life.release(next);
    const monitorMs = (configOf(service).Monitor ?? 5e9) / 1e6;
    const isNew =
      task.templateText === service.templateText && (task.state === "failed" || task.state === "rejected");
    const startedAt = task.container?.startedAt ?? 0;
    const young = startedAt === 0 || this.world.now - startedAt < monitorMs;
    if (isNew && young && service.rollout) this.failed(service, task);
    else this.lookAgain(service);
  }

  /** New tasks may have been moved, scaled away or replaced since: the update does not wait for those that are not wanted. */
  lookAgain(service: SimService): void {
    const { rollout } = service;
    if (!rollout) return;
    this.world.timeline.after(50, () => service.rollout === rollout && this.step(service));
  }

  private step(service: SimService): void {
    const { rollout } = service;
    if (!rollout) return;
    for (const [place, task] of rollout.replacing) {
      if (!isWanted(task) || isOver(task)) rollout.replacing.delete(place);
    }
    const config = configOf(service);
    const places = new Map(this.outdated(service).map((task) => [placeOf(task), task]));
    const parallelism = (config.Parallelism ?? 1) || places.size;
    for (const [place, old] of places) {
      if (rollout.replacing.size >= parallelism) return;
      if (!rollout.replacing.has(place)) rollout.replacing.set(place, this.replace(service, old, config));
    }
    if (places.size === 0 && rollout.replacing.size === 0) this.complete(service);
  }

  private replace(service: SimService, old: SimTask, config: UpdateConfig): SimTask {
    const seat = { slot: old.slot, nodeId: old.slot > 0 ? null : old.nodeId };
    if (config.Order === "start-first") return this.life.create(service, seat, "running");
    const next = this.life.create(service, seat, "ready");
    this.life.stop(old, "shutdown");
    if (isOver(old)) this.life.release(next);
    this.replicas.trim(service, old);
    return next;
  }

  private complete(service: SimService): void {
    const isRollback = service.rollout?.isRollback ?? false;
    this.setStatus(
      service,
      isRollback ? "rollback_completed" : "completed",
      isRollback ? "rollback completed" : "update completed",
    );
    service.rollout = null;
  }

  private failed(service: SimService, task: SimTask): void {
    const action = configOf(service).FailureAction ?? "pause";
    const isRollback = service.rollout?.isRollback ?? false;
    if (action === "continue") {
      service.rollout?.replacing.delete(placeOf(task));
      this.step(service);
      return;
    }
    const message = `update paused due to failure or early termination of task ${task.id}`;
    if (action === "rollback" && !isRollback && service.previousSpec !== null) {
      this.rollBack(service, `update rolled back due to failure or early termination of task ${task.id}`);
      return;
    }
    this.setStatus(service, isRollback ? "rollback_paused" : "paused", message);
    service.rollout = null;
  }

  /** Puts the previous specification back; true when there was one. */
  rollBack(service: SimService, why: string | null = null): boolean {
    const { previousSpec } = service;
    if (previousSpec === null) return false;
    const before = service.spec;
    service.spec = previousSpec;
    // Who goes back by hand may go forward again; swarm itself does not.
    service.previousSpec = why === null ? before : null;
    service.templateText = JSON.stringify(previousSpec.TaskTemplate);
    this.begin(service, true, changesOf(before, previousSpec), why ?? "manually requested rollback");
    this.replicas.reconcile(service);
    return true;
  }

  private outdated(service: SimService): readonly SimTask[] {
    const tasks = this.world.tasksOf(service.id);
    return tasks.filter((task) => isWanted(task) && task.templateText !== service.templateText);
  }

  private setStatus(
    service: SimService,
    state: UpdateStatus["state"],
    message: string,
    changes: Readonly<Record<string, string>> = {},
  ): void {
    const before = service.updateStatus?.state;
    const isEnd = state !== "updating" && state !== "rollback_started";
    service.updateStatus = {
      state,
      startedAt: service.rollout?.startedAt ?? this.world.now,
      completedAt: isEnd ? this.world.now : null,
      message,
    };
    this.world.touch(service);
    this.world.emit("service", "update", service.id, {
      name: service.spec.Name,
      ...changes,
      "updatestate.new": state,
      ...(before && { "updatestate.old": before }),
    });
  }
}

/** What an update event says: replicas and image, if they are what changed. */
export function changesOf(before: ServiceSpec, after: ServiceSpec): Record<string, string> {
  const changes: Record<string, string> = {};
  const note = (key: string, old: unknown, now: unknown) => {
    if (old === now) return;
    changes[`${key}.new`] = String(now);
    changes[`${key}.old`] = String(old);
  };
  if (modeOf(after) === "replicated") note("replicas", replicasOf(before), replicasOf(after));
  note("image", before.TaskTemplate.ContainerSpec?.Image, after.TaskTemplate.ContainerSpec?.Image);
  return changes;
}

function configOf({ spec, rollout }: SimService): UpdateConfig {
  return (rollout?.isRollback ? spec.RollbackConfig : spec.UpdateConfig) ?? {};
}
