import { hueColor } from "#components/ui/mark.tsx";
import { taskCondition } from "#lib/shared/model/task-state.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { locateDrawn } from "./places.ts";
import type { Motion, MotionPlan } from "./plan-motion.ts";
import type { Ghost, Stage } from "./stage.ts";
import { type Box, scalesPerWake } from "./wake-path.ts";

/** Most neighbours that slide when a node's tasks close ranks; more than that just stand anew. */
const mostShifted = 40;

/** The map as it stood just before a change: only what the plan needs. */
export interface Before {
  readonly plan: MotionPlan;
  /** Looks and places of tasks that are replaced or leave. */
  readonly ghosts: ReadonlyMap<string, Ghost>;
  /** Places of all elements of the nodes that change, to let neighbours slide. */
  readonly boxes: ReadonlyMap<HTMLElement, Box>;
  /** Tasks that were leaving already. */
  readonly turned: ReadonlySet<string>;
}

type Tiles = ReadonlyMap<string, HTMLElement>;

/** The elements of tasks by id: one walk per change. */
function tilesIn(sea: HTMLElement): Tiles {
  const tiles = new Map<string, HTMLElement>();
  for (const element of sea.querySelectorAll<HTMLElement>("[data-task]")) {
    const id = element.dataset.task;
    if (id !== undefined && !tiles.has(id)) tiles.set(id, element);
  }
  return tiles;
}

/** Screen to layer coordinates; null for what is not shown. */
function boxIn(origin: Box, seen: Box | undefined | null): Box | null {
  if (!seen || seen.width === 0) return null;
  return {
    left: seen.left - origin.left,
    top: seen.top - origin.top,
    width: seen.width,
    height: seen.height,
  };
}

function boxOf(taskId: string, tiles: Tiles, origin: Box): Box | null {
  return boxIn(origin, tiles.get(taskId)?.getBoundingClientRect() ?? locateDrawn(taskId));
}

/** The look of an element, without what makes it this task: nobody finds, hears or focuses a ghost. */
function lookOf(element: HTMLElement | undefined): HTMLElement | null {
  if (element === undefined) return null;
  const look = element.cloneNode(true) as HTMLElement;
  for (const each of [look, ...look.querySelectorAll<HTMLElement>("[data-task], [id]")]) {
    delete each.dataset.task;
    each.removeAttribute("id");
    each.removeAttribute("aria-label");
  }
  look.inert = true;
  return look;
}

/** Reads, in one go, what the plan needs of the map as it stands before the change. */
export function readBefore(sea: HTMLElement, origin: Box, plan: MotionPlan, model: ClusterModel): Before {
  const ghosts = new Map<string, Ghost>();
  const boxes = new Map<HTMLElement, Box>();
  const turned = new Set<string>();
  if (plan.fade) return { plan, ghosts, boxes, turned };
  const tiles = tilesIn(sea);
  for (const motion of plan.motions) {
    const id = motion.kind === "leave" ? motion.taskId : "fromId" in motion ? motion.fromId : null;
    const box = id === null ? null : boxOf(id, tiles, origin);
    if (id === null || box === null) continue;
    ghosts.set(id, { look: motion.kind === "leave" ? lookOf(tiles.get(id)) : null, box });
    const task = model.tasks[id];
    if (task && task.desired !== "running") turned.add(id);
  }
  for (const [id, element] of plan.slide ? tiles : []) {
    const nodeId = model.tasks[id]?.nodeId;
    if (!nodeId || !plan.nodeIds.has(nodeId)) continue;
    const box = boxIn(origin, element.getBoundingClientRect());
    if (box) boxes.set(element, box);
  }
  return { plan, ghosts, boxes, turned };
}

interface Play {
  readonly stage: Stage;
  readonly before: Before;
  readonly after: ClusterModel;
  readonly tiles: Tiles;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly scales: number;
  readonly view: Box;
}

/** Shows a change. `origin` is the layer and `view` the visible part of the map, on screen. */
export function play(
  stage: Stage,
  sea: HTMLElement,
  origin: Box,
  before: Before,
  after: ClusterModel,
  isStill: boolean,
): void {
  const { plan } = before;
  if (plan.fade) {
    if (isStill) return;
    for (const nodeId of plan.nodeIds) {
      const section = sea.querySelector<HTMLElement>(`[data-node="${CSS.escape(nodeId)}"]`);
      if (section) stage.fade(section);
    }
    return;
  }
  stage.endShifts();
  const tiles = tilesIn(sea);
  const boxes = new Map<string, Box>();
  for (const { taskId } of plan.motions) {
    const box = boxOf(taskId, tiles, origin);
    if (box) boxes.set(taskId, box);
  }
  if (isStill) {
    for (const box of boxes.values()) stage.outline(box);
    return;
  }
  const shifts = shiftsOf(before, origin);
  const wakes = plan.motions.filter((motion) => motion.kind === "wake").length;
  const view = boxIn(origin, sea.getBoundingClientRect()) ?? origin;
  const scene: Play = { stage, before, after, tiles, boxes, scales: scalesPerWake(wakes), view };
  for (const motion of plan.motions) playOne(scene, motion);
  for (const { element, x, y } of shifts) stage.shift(element, x, y);
}

/** Neighbours that stand elsewhere now. */
function shiftsOf({ boxes }: Before, origin: Box) {
  const shifts: { element: HTMLElement; x: number; y: number }[] = [];
  for (const [element, old] of boxes) {
    const box = element.isConnected ? boxIn(origin, element.getBoundingClientRect()) : null;
    if (box === null) continue;
    const [x, y] = [old.left - box.left, old.top - box.top];
    if (Math.abs(x) >= 1 || Math.abs(y) >= 1) shifts.push({ element, x, y });
  }
  return shifts.length > mostShifted ? [] : shifts;
}

function colorOf(model: ClusterModel, taskId: string): string {
  const task = model.tasks[taskId];
  return hueColor(task ? model.services[task.serviceId]?.color.hue : undefined);
}

/** Is any of it in the visible part of the map? */
function isSeen(view: Box, ...boxes: readonly Box[]): boolean {
  return boxes.some((box) => box.top + box.height > view.top && box.top < view.top + view.height);
}

function playOne(scene: Play, motion: Motion): void {
  const { stage, before, after, tiles, boxes, view } = scene;
  const element = tiles.get(motion.taskId);
  const box = boxes.get(motion.taskId);
  if (motion.kind === "leave") {
    const ghost = before.ghosts.get(motion.taskId);
    if (ghost && isSeen(view, ghost.box)) {
      stage.leave(ghost, colorOf(after, motion.taskId), before.turned.has(motion.taskId));
    }
    return;
  }
  if (!box || !isSeen(view, box, before.ghosts.get("fromId" in motion ? motion.fromId : "")?.box ?? box)) {
    return;
  }
  if (motion.kind === "wake") {
    playWake(scene, motion, box);
  } else if (motion.kind === "fail") {
    stage.ring(markBox(element, box), "var(--bad-mark)");
    if (motion.shake && element) stage.shake(element);
  } else if (element === undefined) {
    // Only drawn: nothing to move, so a ring says that something came.
    if (motion.kind !== "turn") stage.ring(box, colorOf(after, motion.taskId));
  } else if (motion.kind === "appear") stage.appear(element);
  else if (motion.kind === "ready") stage.swell(element);
  else if (motion.kind === "turn") stage.turn(element);
  else stage.fadeIn(element);
}

function playWake(scene: Play, motion: Motion & { kind: "wake" }, box: Box): void {
  const { stage, before, after, tiles, scales } = scene;
  const origin = before.ghosts.get(motion.fromId)?.box;
  const element = tiles.get(motion.taskId);
  if (element) stage.appear(element, origin ? motion.delayMs : 0);
  const source = tiles.get(motion.fromId);
  const old = after.tasks[motion.fromId];
  const isTurning =
    old &&
    taskCondition(old, after.nodes[old.nodeId ?? ""]).kind === "stopping" &&
    motion.fromId !== motion.taskId;
  if (source && isTurning && !before.turned.has(motion.fromId)) stage.turn(source);
  if (origin) stage.wake(origin, box, { hue: motion.hue, delayMs: motion.delayMs, scales });
}

/** The ring goes around the mark, not around the whole tile. Tiles begin with their mark. */
function markBox(element: HTMLElement | undefined, box: Box): Box {
  if (element === undefined || box.width < 24) return box;
  return { left: box.left + 8, top: box.top + (box.height - 12) / 2, width: 12, height: 12 };
}
