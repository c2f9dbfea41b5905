import type { ChartPoint } from "#lib/shared/usage/usage-state.ts";

/** From a moment and a value to px. */
export interface ChartScale {
  readonly from: number;
  readonly to: number;
  readonly most: number;
  readonly width: number;
  readonly height: number;
}

const short = (value: number) => Math.round(value * 10) / 10;

/**
 * The path of a line: interrupted where nothing is known, so that a gap is seen as one. A value alone between gaps
 * is a short stroke.
 */
export function linePath(points: readonly ChartPoint[], scale: ChartScale): string {
  let path = "";
  let isOpen = false;
  for (const [i, [at, value]] of points.entries()) {
    if (value === null || at < scale.from) {
      isOpen = false;
      continue;
    }
    const x = short(xOf(at, scale));
    const y = short(yOf(value, scale));
    const isAlone = !isOpen && (points[i + 1]?.[1] ?? null) === null;
    path += isOpen ? `L${x} ${y}` : `M${x} ${y}${isAlone ? "h1.5" : ""}`;
    isOpen = true;
  }
  return path;
}

export function xOf(at: number, { from, to, width }: ChartScale): number {
  return to === from ? 0 : ((at - from) / (to - from)) * width;
}

export function yOf(value: number, { most, height }: ChartScale): number {
  return height - Math.min(1, Math.max(0, value / most)) * height;
}

/** The point nearest to a moment; null without any. */
export function nearestPoint(points: readonly ChartPoint[], at: number): ChartPoint | null {
  let best: ChartPoint | null = null;
  for (const point of points)
    if (best === null || Math.abs(point[0] - at) < Math.abs(best[0] - at)) best = point;
  return best;
}
