import type { TintOf } from "#components/cluster/map-use.ts";
import type { MapTask } from "#lib/shared/map/map-task.ts";
import { type DotCell, type DotsLayout, dotOf, ringRadius, sameCell } from "./dot-layout.ts";
import { type Palette, readPalette } from "./palette.ts";
import { sameTasks } from "./same-tasks.ts";
import { Sprites } from "./sprites.ts";

/** What a group of dots shows. */
export interface DotsScene {
  readonly layout: DotsLayout;
  /** Per cell of the layout. */
  readonly tasks: readonly (readonly MapTask[])[];
  /** Per cell: what is there is lost, drawn faint. */
  readonly lost: readonly boolean[];
  /** Service that is lit; all others are faint. */
  readonly lit: string | null;
  /** Colours running tasks by what they use; null: by service. */
  readonly tint: TintOf | null;
  /** Task whose drawer is open. */
  readonly selected: string | null;
  /** Task the keyboard is on. */
  readonly active: string | null;
}

const [faint, lostAlpha, failedGrow] = [0.22, 0.55, 1.14];
/** Of the bars' colour in that of their track, by level: the last is all of it. */
const tintStrength = [15, 35, 55, 78, 100];

/** What a cell was drawn from; it is drawn again only when one of this is another. */
interface Drawn {
  readonly cell: DotCell;
  readonly tasks: readonly MapTask[];
  readonly isLost: boolean;
  readonly lit: string | null;
  readonly marks: string;
  readonly tints: string;
}

/** Draws a group of dots on one canvas, only the nodes that changed. */
export class DotsPainter {
  readonly #canvas: HTMLCanvasElement;
  #palette: Palette | null = null;
  #sprites: Sprites | null = null;
  #drawn: Drawn[] = [];
  #measure = "";

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  /** The theme has changed: everything is drawn anew the next time. */
  forget(): void {
    this.#palette = null;
    this.#measure = "";
  }

  /** Draws what differs from the last time; answers how many cells that were. `ratio`: device pixels per px. */
  paint(scene: DotsScene, ratio: number): number {
    const context = this.#canvas.getContext("2d");
    if (context === null) return 0;
    this.#prepare(scene.layout, ratio);
    let count = 0;
    for (const [i, cell] of scene.layout.cells.entries()) {
      const tasks = scene.tasks[i] ?? [];
      const marks = tasks
        .filter(({ task }) => task.id === scene.selected || task.id === scene.active)
        .map(({ task }) => `${task.id} ${task.id === scene.active}`)
        .join();
      const { tint } = scene;
      const tints = tint === null ? "" : tasks.map(({ task }) => tint(task.id) ?? "-").join("");
      const next: Drawn = { cell, tasks, isLost: scene.lost[i] ?? false, lit: scene.lit, marks, tints };
      const last = this.#drawn[i];
      if (
        last &&
        last.isLost === next.isLost &&
        last.lit === next.lit &&
        last.marks === next.marks &&
        last.tints === next.tints &&
        sameCell(last.cell, cell) &&
        sameTasks(last.tasks, tasks)
      ) {
        continue;
      }
      this.#drawn[i] = next;
      this.#drawCell(context, scene, next, ratio);
      count += 1;
    }
    return count;
  }

  /** The colour of a level; a task of unknown use is as pale as the track. */
  #tintColor(level: number | null): string {
    const of = (name: string) => this.#palette?.color(`var(${name})`, "") ?? "";
    if (level === null) return of("--bar-track");
    return `color-mix(in oklab, ${of("--bar-used")} ${tintStrength[level] ?? 0}%, ${of("--bar-track")})`;
  }

  /** A canvas of another size, pitch, ratio or theme is an empty one. */
  #prepare({ width, height, pitch, cells }: DotsLayout, ratio: number): void {
    const measure = `${width} ${height} ${pitch} ${ratio} ${cells.length}`;
    if (measure === this.#measure && this.#palette !== null) return;
    this.#measure = measure;
    this.#drawn = [];
    const edge = 0.87 * pitch * ratio;
    if (this.#palette === null || this.#sprites?.edge !== edge) {
      this.#palette = readPalette();
      this.#sprites = new Sprites(this.#palette, edge);
    }
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
  }

  #drawCell(context: CanvasRenderingContext2D, scene: DotsScene, drawn: Drawn, ratio: number): void {
    const { cell, tasks, isLost } = drawn;
    context.clearRect(cell.left * ratio, cell.top * ratio, cell.width * ratio, cell.height * ratio);
    const alphaOf = ({ task }: MapTask) =>
      (isLost ? lostAlpha : 1) * (scene.lit === null || scene.lit === task.serviceId ? 1 : faint);
    const failed: number[] = [];
    for (const [i, task] of tasks.entries()) {
      if (task.condition.kind === "failed") failed.push(i);
      else this.#drawDot(context, scene, cell, task, i, alphaOf(task), ratio);
    }
    // Last, so that nothing covers what needs to be seen.
    for (const i of failed) {
      const task = tasks[i];
      if (task) this.#drawDot(context, scene, cell, task, i, alphaOf(task), ratio);
    }
    context.globalAlpha = 1;
  }

  #drawDot(
    context: CanvasRenderingContext2D,
    { layout, selected, active, tint }: DotsScene,
    cell: DotCell,
    item: MapTask,
    index: number,
    alpha: number,
    ratio: number,
  ): void {
    const isFailed = item.condition.kind === "failed";
    const dot = dotOf(layout, cell, index, isFailed);
    const own =
      tint !== null && item.condition.kind === "running" ? this.#tintColor(tint(item.task.id)) : null;
    const sprite = this.#sprites?.of(item, isFailed ? failedGrow : 1, own);
    if (!sprite) return;
    context.globalAlpha = alpha;
    // On whole device pixels, or every dot is a blur of its neighbours.
    const [x, y] = [dot.x * ratio - sprite.width / 2, dot.y * ratio - sprite.height / 2];
    context.drawImage(sprite, Math.round(x), Math.round(y));
    const ring = (radius: number, color: string, width: number) => {
      context.strokeStyle = this.#palette?.color(color, color) ?? color;
      context.lineWidth = width * ratio;
      context.beginPath();
      context.arc(dot.x * ratio, dot.y * ratio, radius * ratio, 0, 2 * Math.PI);
      context.stroke();
    };
    if (isFailed) {
      context.globalAlpha = alpha * 0.45;
      ring(ringRadius(layout.pitch), "var(--bad-mark)", 1.5);
    }
    if (item.task.id === selected || item.task.id === active) {
      context.globalAlpha = 1;
      ring(dot.size / 2 + 2, "var(--focus)", 2);
    }
  }
}
