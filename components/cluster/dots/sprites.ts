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

function drawShape(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  shape: MarkShape,
  own: string,
  palette: Palette,
) {
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

/** A drawn mark. A bitmap, because a canvas is copied each time it is drawn from. */
type Sprite = ImageBitmap | HTMLCanvasElement;

function blank(edge: number) {
  if (typeof OffscreenCanvas === "undefined") {
    const canvas = Object.assign(document.createElement("canvas"), { width: edge, height: edge });
    return { context: canvas.getContext("2d"), finish: () => canvas };
  }
  const canvas = new OffscreenCanvas(edge, edge);
  return { context: canvas.getContext("2d"), finish: () => canvas.transferToImageBitmap() };
}

/**
 * Marks as small pictures, each drawn once from the same paths as everywhere else: a map of 2,000 dots has a few
 * dozen different ones. Made for one theme, one size and one pixel ratio.
 */
export class Sprites {
  readonly #known = new Map<string, Sprite>();
  readonly #palette: Palette;
  /** Of the 12 × 12 box, device pixels. */
  readonly edge: number;
  /** Device pixels per box unit. */
  readonly #zoom: number;

  constructor(palette: Palette, edge: number) {
    this.#palette = palette;
    this.edge = edge;
    this.#zoom = edge / boxEdge;
  }

  /** The picture of a task's mark; its middle is the middle of the mark. `own`: instead of its service's colour. */
  of({ condition, service }: MapTask, grow: number, own: string | null = null): Sprite {
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

  #draw(shapes: readonly MarkShape[], own: string, isLeaving: boolean, grow: number): Sprite {
    const zoom = this.#zoom * grow;
    // One unit around the box: strokes reach over its edge.
    const edge = Math.ceil((boxEdge + 2) * zoom);
    const { context, finish } = blank(edge);
    if (context !== null) {
      context.translate(edge / 2, edge / 2);
      context.scale(isLeaving ? -zoom : zoom, zoom);
      context.translate(-boxEdge / 2, -boxEdge / 2);
      for (const shape of shapes) drawShape(context, shape, own, this.#palette);
    }
    return finish();
  }
}
