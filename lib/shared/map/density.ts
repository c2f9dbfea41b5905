import { isTrouble, type MapTask } from "./map-task.ts";
import type { MapView } from "./map-view.ts";
import { schoolsOf } from "./order-tasks.ts";

/** How much a task gets: a tile, a mark, a dot (look.md §9). */
export type Density = "cards" | "compact" | "dots";
export const densities: readonly Density[] = ["cards", "compact", "dots"];

/** What a node holds, as far as its height depends on it. */
export interface NodeShape {
  readonly tasks: number;
  /** Tasks that take both columns of a card. */
  readonly wide: number;
  readonly services: number;
}

/** What the map holds. */
export interface MapShape {
  /** Nodes of each group; a card that is no node (add a node) counts as an empty one. */
  readonly groups: readonly (readonly NodeShape[])[];
  /** Height of the lane above the groups, with its margin, px. */
  readonly laneHeight: number;
}

/** The room for the map, px, without its padding. */
export interface Space {
  readonly width: number;
  readonly height: number;
}

const node = {
  cards: { min: 268, max: 360, gap: 12, tasks: 88 },
  compact: { min: 208, max: 280, gap: 12, tasks: 84 },
  dots: { min: 144, max: 200, gap: 8, tasks: 46 },
} as const;
const groupHead = 24;
const groupGap = 14;
const tileRow = 33;
const schoolRow = 22;
const dotsSide = 9;
const rowPitch = 0.905;
const largestPitch = 18;
const smallestPitch = 9;

/** Columns of nodes that fit; at least one. */
export function columnsOf(density: Density, width: number): number {
  const { min, gap } = node[density];
  return Math.max(1, Math.floor((width + gap) / (min + gap)));
}

/** Width of a node, px: the columns share the room up to the most a node may have. */
export function nodeWidth(density: Density, width: number): number {
  const { max, gap } = node[density];
  const columns = columnsOf(density, width);
  return Math.min(max, Math.floor((width - gap * (columns - 1)) / columns));
}

/** Rows of dots: they hold c and c − 1 in turn. */
export function dotRows(tasks: number, width: number, pitch: number): number {
  const wide = Math.max(1, Math.floor((width - 2 * dotsSide) / pitch));
  if (wide === 1) return tasks;
  const pairs = Math.floor(tasks / (2 * wide - 1));
  const rest = tasks - pairs * (2 * wide - 1);
  return 2 * pairs + (rest === 0 ? 0 : rest <= wide ? 1 : 2);
}

/** Height of a node, px, by the formulas of look.md §9. An empty node keeps one row for its sentence. */
export function nodeHeight(density: Density, shape: NodeShape, width: number, pitch = largestPitch): number {
  if (density === "cards") {
    const rows = Math.max(1, shape.wide + Math.ceil((shape.tasks - shape.wide) / 2));
    return node.cards.tasks + tileRow * rows - 5;
  }
  if (density === "compact") return node.compact.tasks + schoolRow * Math.max(1, shape.services);
  const rows = Math.max(1, dotRows(shape.tasks, nodeWidth("dots", width), pitch));
  return node.dots.tasks + rowPitch * pitch * rows + 8;
}

/** Height of the whole map, px. Nodes of a row are as high as the highest. */
export function mapHeight(density: Density, shape: MapShape, width: number, pitch = largestPitch): number {
  const columns = columnsOf(density, width);
  const { gap } = node[density];
  let height = shape.laneHeight;
  for (const group of shape.groups) {
    const heights = group.map((each) => nodeHeight(density, each, width, pitch));
    height += groupHead + groupGap;
    for (let start = 0; start < heights.length; start += columns) {
      height += Math.max(...heights.slice(start, start + columns)) + (start === 0 ? 0 : gap);
    }
  }
  return height;
}

/** How much larger dots must be able to be before they grow, px: they must not breathe with every task that comes and goes. */
const pitchSlack = 1;

/**
 * The largest pitch of dots, 18 to 9 in steps of 0.2, with which all of it fits; the smallest when none does. With
 * `current`, that one as long as it fits and no much larger one would.
 */
export function dotPitch(shape: MapShape, space: Space, current: number | null = null): number {
  const best = largestFit(shape, space);
  return current !== null && current <= best && best - current < pitchSlack ? current : best;
}

function largestFit(shape: MapShape, space: Space): number {
  for (let tenths = largestPitch * 10; tenths > smallestPitch * 10; tenths -= 2) {
    if (mapHeight("dots", shape, space.width, tenths / 10) <= space.height) return tenths / 10;
  }
  return smallestPitch;
}

/** How much more than its height a density may take before the next one is chosen. */
const limits = { cards: 1.15, compact: 1 } as const;
const slack = 0.1;
/** Less room than a window of 700 px leaves beside the rail: one column, which cards would make endless. */
const narrow = 608;
const narrowDots = 60;

function firstFit(
  shape: MapShape,
  space: Space,
  allowance: (density: "cards" | "compact") => number,
): Density {
  if (space.width < narrow) {
    const most = Math.max(0, ...shape.groups.flat().map((each) => each.tasks));
    return most >= narrowDots ? "dots" : "compact";
  }
  for (const density of ["cards", "compact"] as const) {
    const most = space.height * limits[density] * allowance(density);
    if (mapHeight(density, shape, space.width) <= most) return density;
  }
  return "dots";
}

/** The density now: with `current`, only a change that has 10 % of slack is worth the switch. */
export function bestDensity(shape: MapShape, space: Space, current: Density | null = null): Density {
  if (current === null) return firstFit(shape, space, () => 1);
  const roomier = (density: Density) => densities.indexOf(density) < densities.indexOf(current);
  return firstFit(shape, space, (density) => (roomier(density) ? 1 - slack : 1 + slack));
}

const shapes = new WeakMap<readonly MapTask[], NodeShape>();

/** Counted once for each list of tasks: most nodes have the same one after a change elsewhere. */
function nodeShape(tasks: readonly MapTask[]): NodeShape {
  const known = shapes.get(tasks);
  if (known) return known;
  const shape = {
    tasks: tasks.length,
    wide: tasks.filter(isTrouble).length,
    services: schoolsOf(tasks).length,
  };
  shapes.set(tasks, shape);
  return shape;
}

/** What the view holds, for the arithmetic above. */
export function shapeOf(view: MapView, laneHeight: number, hasAddCard: boolean): MapShape {
  const groups = view.groups.map((group) => group.nodes.map(({ tasks }) => nodeShape(tasks)));
  const last = groups.at(-1);
  if (hasAddCard) last?.push({ tasks: 0, wide: 0, services: 0 });
  return { groups, laneHeight };
}
