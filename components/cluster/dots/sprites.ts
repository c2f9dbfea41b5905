import { markingOf } from "#components/cluster/marking.ts";
import { hueColor } from "#components/ui/mark.tsx";
import { type MarkShape, markings, taskMarks } from "#components/ui/mark-paths.ts";
import type { MapTask } from "#lib/shared/map/map-task.ts";
import type { Palette } from "./palette.ts";

const boxEdge = 12;
const paths = new Map<string, Path2D>();

function pathOf(d: string): Path2D {
  const known = paths.get(d);
  if (known) return known;
  const made = new Path2D(d);
  paths.set(d, made);
  return made;
}

function drawShape(context: CanvasRenderingContext2D, shape: MarkShape, own: string, palette: Palette) {
  const path = pathOf(shape.d);
  context.globalAlpha = shape.opacity ?? 1;
  if (shape.fill !== undefined) {
    context.fillStyle = palette.color(shape.fill, own);
    context.fill(path);
  }
  if (shape.stroke !== undefined) {
    context.strokeStyle = palette.color(shape.stroke, own);
    context.lineWidth = shape.width ?? 1;
    context.setLineDash(shape.dash?.split(" ").map(Number) ?? []);
    context.lineCap = shape.round ? "round" : "butt";
    context.lineJoin = shape.round ? "round" : "miter";
    context.stroke(path);
  }
}

/**
 * Marks as small pictures, each drawn once from the same paths as everywhere else: a map of 2,000 dots has a few
 * dozen different ones. Made for one theme, one size and one pixel ratio.
 */
export class Sprites {
  readonly #known = new Map<string, HTMLCanvasElement>();
  readonly #palette: Palette;
  /** Device pixels per box unit. */
  readonly #zoom: number;

  /** `edge`: of the 12 × 12 box, in device pixels. */
  constructor(palette: Palette, edge: number) {
    this.#palette = palette;
    this.#zoom = edge / boxEdge;
  }

  /** The picture of a task's mark; its middle is the middle of the mark. `own`: instead of its service's colour. */
  of({ condition, service }: MapTask, grow: number, own: string | null = null): HTMLCanvasElement {
    const isMarked = own === null && service && condition.kind === "running";
    const marking = isMarked ? markingOf(service.color) : "plain";
    const hue = service?.color.hue;
    const key = `${condition.kind} ${marking} ${own ?? hue}`;
    const known = this.#known.get(key);
    if (known) return known;
    const drawing = taskMarks[condition.kind];
    const made = this.#draw(
      [...drawing.shapes, ...markings[marking]],
      own ?? hueColor(hue),
      "leaving" in drawing,
      grow,
    );
    this.#known.set(key, made);
    return made;
  }

  #draw(shapes: readonly MarkShape[], own: string, isLeaving: boolean, grow: number): HTMLCanvasElement {
    const zoom = this.#zoom * grow;
    const canvas = document.createElement("canvas");
    // One unit around the box: strokes reach over its edge.
    canvas.width = Math.ceil((boxEdge + 2) * zoom);
    canvas.height = canvas.width;
    const context = canvas.getContext("2d");
    if (context === null) return canvas;
    context.translate(canvas.width / 2, canvas.height / 2);
    context.scale(isLeaving ? -zoom : zoom, zoom);
    context.translate(-boxEdge / 2, -boxEdge / 2);
    for (const shape of shapes) drawShape(context, shape, own, this.#palette);
    return canvas;
  }
}
