import { indexModel } from "#lib/shared/model/index-model.ts";
import { type TaskKind, taskCondition } from "#lib/shared/model/task-state.ts";
import type { ClusterModel, TaskView } from "#lib/shared/model/types.ts";
import { mostAnimated } from "./motion-budget.ts";

/** Wakes of one change leave one by one, this far apart. */
const staggerMs = 60;
/** A slot that failed does not shake again within this time. */
const calmMs = 30_000;
/** A task that waited longer than this has been seen in the unplaced lane, so it leaves from there. */
const laneMs = 3000;

/** One thing to show about one task. */
export type Motion =
  /** Came into the picture. */
  | { readonly kind: "appear"; readonly taskId: string }
  /** Started and is now there. */
  | { readonly kind: "ready"; readonly taskId: string }
  /** Begins to leave: the scale turns around. */
  | { readonly kind: "turn"; readonly taskId: string }
  /** Left the picture. */
  | { readonly kind: "leave"; readonly taskId: string }
  /** Broke. `key` is the slot it belongs to. */
  | { readonly kind: "fail"; readonly taskId: string; readonly key: string; readonly shake: boolean }
  /** Takes the place of `fromId` (or was itself there before) on another node. */
  | {
      readonly kind: "wake";
      readonly taskId: string;
      readonly fromId: string;
      readonly hue: number;
      readonly delayMs: number;
    }
  /** Takes the place of `fromId` on the same node. */
  | { readonly kind: "replace"; readonly taskId: string; readonly fromId: string };

export interface MotionPlan {
  readonly motions: readonly Motion[];
  /** Too much in one change: the nodes change in one fade, and `motions` is empty. */
  readonly fade: boolean;
  /** Neighbours slide into their new places; where changes never end they would never stand still. */
  readonly slide: boolean;
  /** Nodes whose tasks changed. */
  readonly nodeIds: ReadonlySet<string>;
}

export interface MotionContext {
  /** ms since 1970. */
  readonly now: number;
  /** How many tasks may begin to move. */
  readonly room: number;
  /** When a slot shook last, ms since 1970. */
  readonly shakenAt: ReadonlyMap<string, number>;
}

const nothing: MotionPlan = { motions: [], fade: false, slide: false, nodeIds: new Set() };

function kindIn(model: ClusterModel, task: TaskView): TaskKind {
  return taskCondition(task, task.nodeId === null ? undefined : model.nodes[task.nodeId]).kind;
}

function slotKey(task: TaskView): string {
  return `${task.serviceId} ${task.slot ?? task.nodeId ?? task.id}`;
}

/** The task whose place a placed task takes: the newest older one of its slot that was on screen before. */
function predecessor(before: ClusterModel, task: TaskView): TaskView | null {
  if (task.slot === null || task.slot === 0) return null;
  const older = (indexModel(before).tasksByService.get(task.serviceId) ?? []).filter(
    (each) =>
      each.slot === task.slot &&
      each.id !== task.id &&
      each.nodeId !== null &&
      each.createdAt <= task.createdAt,
  );
  return older.reduce<TaskView | null>(
    (newest, each) => (newest === null || each.createdAt > newest.createdAt ? each : newest),
    null,
  );
}

/** A task that has just got its node. */
function placed(before: ClusterModel, after: ClusterModel, task: TaskView, now: number): Motion {
  const hue = after.services[task.serviceId]?.color.hue ?? 0;
  const old = predecessor(before, task);
  if (old !== null) {
    return old.nodeId === task.nodeId
      ? { kind: "replace", taskId: task.id, fromId: old.id }
      : { kind: "wake", taskId: task.id, fromId: old.id, hue, delayMs: 0 };
  }
  const waited = before.tasks[task.id] !== undefined && now - task.createdAt > laneMs;
  return waited
    ? { kind: "wake", taskId: task.id, fromId: task.id, hue, delayMs: 0 }
    : { kind: "appear", taskId: task.id };
}

function failed(task: TaskView, { now, shakenAt }: MotionContext): Motion {
  const key = slotKey(task);
  const last = shakenAt.get(key);
  return { kind: "fail", taskId: task.id, key, shake: last === undefined || now - last >= calmMs };
}

const broken: ReadonlySet<TaskKind> = new Set(["failed", "rejected"]);
const present: ReadonlySet<TaskKind> = new Set(["running", "unhealthy", "starting"]);

function motionOf(before: ClusterModel, after: ClusterModel, task: TaskView, context: MotionContext) {
  const old = before.tasks[task.id];
  const kind = kindIn(after, task);
  if (old === undefined) {
    if (broken.has(kind)) return failed(task, context);
    return task.nodeId === null
      ? ({ kind: "appear", taskId: task.id } as const)
      : placed(before, after, task, context.now);
  }
  const oldKind = kindIn(before, old);
  if (kind !== oldKind && broken.has(kind)) return failed(task, context);
  if (old.nodeId === null && task.nodeId !== null) return placed(before, after, task, context.now);
  if (oldKind === "starting" && kind === "running") return { kind: "ready", taskId: task.id } as const;
  if (present.has(oldKind) && kind === "stopping") return { kind: "turn", taskId: task.id } as const;
  return null;
}

/** What to show between two pictures of a cluster. Pure; costs one identity check per task that did not change. */
export function planMotion(before: ClusterModel, after: ClusterModel, context: MotionContext): MotionPlan {
  if (before.tasks === after.tasks || before.info.id !== after.info.id || context.room < 1) return nothing;
  const found: Motion[] = [];
  const nodeIds = new Set<string>();
  const touch = (task: TaskView) => task.nodeId !== null && nodeIds.add(task.nodeId);
  for (const task of Object.values(after.tasks)) {
    if (before.tasks[task.id] === task) continue;
    touch(task);
    const motion = motionOf(before, after, task, context);
    if (motion) found.push(motion);
  }
  for (const task of Object.values(before.tasks)) {
    if (after.tasks[task.id] !== undefined) continue;
    touch(task);
    found.push({ kind: "leave", taskId: task.id });
  }
  const motions = settled(found);
  if (motions.length > mostAnimated) return { motions: [], fade: true, slide: false, nodeIds };
  const slide = context.room >= mostAnimated / 2;
  return { motions: mostTelling(motions, context.room), fade: false, slide, nodeIds };
}

const ranks: Readonly<Record<Motion["kind"], number>> = {
  fail: 0,
  wake: 1,
  appear: 2,
  leave: 2,
  replace: 3,
  ready: 3,
  turn: 3,
};

/** As many as there is room for; the others change without moving. */
function mostTelling(motions: readonly Motion[], room: number): readonly Motion[] {
  if (motions.length <= room) return motions;
  return motions.toSorted((a, b) => ranks[a.kind] - ranks[b.kind]).slice(0, room);
}

/** A wake shows its origin's leaving too, and wakes leave one after the other. */
function settled(found: readonly Motion[]): readonly Motion[] {
  const origins = new Set(found.flatMap((motion) => (motion.kind === "wake" ? [motion.fromId] : [])));
  let wakes = 0;
  return found.flatMap((motion): Motion[] => {
    if (motion.kind === "turn" && origins.has(motion.taskId)) return [];
    if (motion.kind !== "wake") return [motion];
    const delayMs = staggerMs * wakes;
    wakes += 1;
    return [{ ...motion, delayMs }];
  });
}
