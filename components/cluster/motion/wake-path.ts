/** A rectangle in the coordinates of the motion layer, px. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Point = readonly [x: number, y: number];
/** A cubic Bézier curve: start, two handles, end. */
export type Curve = readonly [Point, Point, Point, Point];

/** The thread stands after this time … */
export const swimMs = 900;
/** … and is gone after this one more. */
export const goneMs = 600;

/** How a moving task swims: out below or above its old place, then sideways into the new one. */
export function wakeCurve(from: Box, to: Box): Curve {
  const fromX = from.left + from.width / 2;
  const toRight = to.left + to.width / 2 > fromX;
  const up = to.top + to.height / 2 < from.top;
  const side = toRight ? -1 : 1;
  const down = up ? -1 : 1;
  const start: Point = [fromX, up ? from.top - 4 : from.top + from.height + 4];
  const end: Point = [toRight ? to.left - 4 : to.left + to.width + 6, to.top + to.height / 2];
  const [dx, dy] = [Math.abs(start[0] - end[0]), Math.abs(start[1] - end[1])];
  const reach = Math.min(130, 24 + (dx + dy) * 0.3);
  return [
    start,
    [start[0] - 10 * side, start[1] + reach * down],
    [end[0] + side * dx * 0.42, end[1] + Math.min(66, reach / 2) * down],
    end,
  ];
}

/** The point at `t` (0 to 1) of a curve. */
export function pointOn([a, b, c, d]: Curve, t: number): Point {
  const u = 1 - t;
  const mix = (axis: 0 | 1) =>
    u * u * u * a[axis] + 3 * u * u * t * b[axis] + 3 * u * t * t * c[axis] + t * t * t * d[axis];
  return [mix(0), mix(1)];
}

/** Where and how a scale is drawn. Opacity and position are animated; nothing else. */
interface Step {
  readonly offset: number;
  readonly transform: string;
  readonly opacity: number;
  readonly [name: string]: string | number;
}

/** Like `--ease`: leaves quickly, arrives gently. */
const ease = (x: number) => 1 - (1 - x) ** 3;
const samples = 10;

/**
 * The whole way of scale `index` of `count`, as keyframes over `swimMs + goneMs`: the thread stretches out along
 * the curve, bigger and denser to the front, then drifts on and fades from the tail.
 */
export function scaleSteps(curve: Curve, index: number, count: number): Step[] {
  const front = count < 2 ? 1 : index / (count - 1);
  const reach = 0.03 + front ** 0.72 * 0.92;
  const fullest = 0.12 + 0.78 * front * front;
  const wobble = Math.sin(index * 2.4) * (3 + 9 * (1 - front));
  const swim = swimMs / (swimMs + goneMs);
  const steps: Step[] = [];
  for (let i = 0; i <= samples; i += 1) {
    const x = i / samples;
    steps.push({
      offset: x * swim,
      transform: placeOn(curve, reach * ease(x), 0.42 + 0.58 * front, wobble * x),
      opacity: i === 0 ? 0 : fullest,
    });
  }
  const lingers = swim + (1 - swim) * (0.25 + 0.35 * front);
  const on = (share: number) => placeOn(curve, reach + (1 - reach) * share, 0.42 + 0.58 * front, wobble);
  steps.push({ offset: lingers, transform: on(0.5), opacity: fullest });
  steps.push({ offset: 1, transform: on(0.9), opacity: 0 });
  return steps;
}

function placeOn(curve: Curve, t: number, scale: number, wobble: number): string {
  const at = Math.min(t, 0.99);
  const [x, y] = pointOn(curve, at);
  const [nextX, nextY] = pointOn(curve, at + 0.01);
  const angle = Math.atan2(nextY - y, nextX - x);
  const px = (value: number) => `${value.toFixed(1)}px`;
  const left = px(x - Math.sin(angle) * wobble);
  const top = px(y + Math.cos(angle) * wobble);
  const turn = ((angle * 180) / Math.PI).toFixed(1);
  // The scale is drawn on a 12 × 12 box: its middle goes on the curve.
  return `translate(${left}, ${top}) rotate(${turn}deg) scale(${scale.toFixed(2)}) translate(-6px, -6px)`;
}

/** Scales of each wake when several leave together: a shoal of threads needs fewer per thread. */
export function scalesPerWake(wakes: number): number {
  return Math.max(10, Math.min(30, Math.round(300 / Math.max(1, wakes))));
}
