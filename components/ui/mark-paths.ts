/**
 * The scale and everything made from it, on a 12 × 12 box. Nose right: staying. Nose left: leaving.
 * Filled: there. Hollow: not there yet, or no more. Shapes are data so that SVG and canvas draw the same.
 */

/** The body of a scale. */
export const scaleBody = "M1.1 1.7C6.3.1 11.7 2.3 11.7 6S6.3 11.9 1.1 10.3C2.5 7.6 2.5 4.4 1.1 1.7Z";

/** A filled or stroked shape. Colours are CSS; `currentColor` is the service's hue. */
export interface MarkShape {
  readonly d: string;
  readonly fill?: string;
  readonly stroke?: string;
  /** Stroke width in box units. */
  readonly width?: number;
  readonly dash?: string;
  readonly round?: boolean;
  readonly opacity?: number;
}

export interface MarkDrawing {
  readonly shapes: readonly MarkShape[];
  /** Mirrored: the nose points left. */
  readonly leaving?: boolean;
}

const cut = "var(--cut, var(--surface))";
const circle = (r: number) => `M${6 - r} 6a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
const box = (inset: number, r: number) => {
  const edge = 12 - 2 * inset - 2 * r;
  const corner = (x: number, y: number) => `a${r} ${r} 0 0 1 ${x} ${y}`;
  return `M${inset + r} ${inset}h${edge}${corner(r, r)}v${edge}${corner(-r, r)}h${-edge}${corner(-r, -r)}v${-edge}${corner(r, -r)}Z`;
};
const body: MarkShape = { d: scaleBody, fill: "currentColor" };
const question: MarkShape = {
  d: "M4.6 4.7c.2-1.7 2.9-1.6 2.8.1 0 1.1-1.4 1-1.4 2.2M6 8.7v.1",
  stroke: "var(--ink-2)",
  width: 1.2,
  round: true,
};

/** Where a task is in its life, as drawn (look.md, "Marks"). `orphaned` stands for every lost task. */
export const taskMarks = {
  running: { shapes: [body] },
  unhealthy: {
    shapes: [body, { d: "M6.2 3.5v3.2M6.2 8.5v.1", stroke: cut, width: 1.7, round: true }],
  },
  pending: { shapes: [{ d: scaleBody, stroke: "currentColor", width: 1.5, dash: "1.7 1.5" }] },
  starting: {
    shapes: [
      { d: scaleBody, stroke: "currentColor", width: 1.4 },
      {
        d: "M1.1 1.7C2.9 1.1 4.7 1 6.3 1.3v9.4c-1.6.3-3.4.2-5.2-.4C2.5 7.6 2.5 4.4 1.1 1.7Z",
        fill: "currentColor",
      },
    ],
  },
  stopping: {
    leaving: true,
    shapes: [
      { d: scaleBody, stroke: "currentColor", width: 1.3 },
      { d: "M5 6h3.6", stroke: "currentColor", width: 1.3 },
    ],
  },
  shutdown: { leaving: true, shapes: [{ d: scaleBody, stroke: "var(--ink-3)", width: 1.2 }] },
  complete: {
    shapes: [
      { d: scaleBody, stroke: "var(--ink-3)", width: 1.2 },
      { d: "m4.3 6.1 1.6 1.5 2.7-3.1", stroke: "var(--ink-2)", width: 1.4, round: true },
    ],
  },
  failed: {
    shapes: [
      { d: box(0.6, 2.6), fill: "var(--bad-mark)" },
      { d: "m3.8 3.8 4.4 4.4M8.2 3.8 3.8 8.2", stroke: "var(--on-bad)", width: 1.7, round: true },
    ],
  },
  rejected: {
    shapes: [
      { d: box(1.2, 2.4), fill: "var(--bad-soft)", stroke: "var(--bad-mark)", width: 1.4 },
      { d: "M3.7 6h4.6", stroke: "var(--bad-mark)", width: 1.7, round: true },
    ],
  },
  orphaned: { shapes: [{ d: scaleBody, stroke: "var(--ink-3)", width: 1.2, dash: "3.4 2" }] },
  unknown: { shapes: [{ d: circle(5), stroke: "var(--ink-3)", width: 1.2, dash: "2 1.6" }, question] },
} as const satisfies Record<string, MarkDrawing>;

export type TaskMarkName = keyof typeof taskMarks;

/** Cut into a filled scale so that 14 hues give 42 services. */
export const markings = {
  plain: [],
  stripe: [{ d: "M6.4 1.4c1 3 1 6.2 0 9.2", stroke: cut, width: 1.9, opacity: 0.62 }],
  spot: [{ d: "M4.3 6a2.1 2.1 0 1 0 4.2 0a2.1 2.1 0 1 0 -4.2 0", fill: cut, opacity: 0.62 }],
} as const satisfies Record<string, readonly MarkShape[]>;

export type Marking = keyof typeof markings;

const school = "M1 3.2c2.4-.9 4.6.2 4.6 2.8S3.4 9.7 1 8.8c.8-1.8.8-3.8 0-5.6Z";
const pair = `${school}M6.9 3.2c2.4-.9 4.6.2 4.6 2.8s-2.2 3.7-4.6 2.8c.8-1.8.8-3.8 0-5.6Z`;

/** Service health, in order of attention. */
export const healthMarks = {
  failing: taskMarks.failed,
  paused: {
    shapes: [
      { d: box(0.8, 2.6), stroke: "var(--warn-mark)", width: 1.4 },
      { d: "M4.6 4v4M7.4 4v4", stroke: "var(--warn)", width: 1.5, round: true },
    ],
  },
  waiting: {
    shapes: [
      { d: circle(4.8), stroke: "var(--warn-mark)", width: 1.4, dash: "2.2 1.5" },
      { d: "M6 3.6V6l1.6 1", stroke: "var(--warn)", width: 1.3, round: true },
    ],
  },
  unhealthy: {
    shapes: [
      { d: "M6 1 11.5 10.8H.5Z", stroke: "var(--warn-mark)", width: 1.4, round: true },
      { d: "M6 4.6v2.6M6 9v.1", stroke: "var(--warn)", width: 1.4, round: true },
    ],
  },
  unknown: taskMarks.unknown,
  updating: { shapes: [{ d: pair, fill: "var(--accent)" }] },
  starting: { shapes: [{ d: pair, fill: "var(--accent)" }] },
  rolled: {
    shapes: [
      { d: "M4 2 1.7 4.3 4 6.6", stroke: "var(--warn)", width: 1.5, round: true },
      { d: "M2 4.3h5.2a2.8 2.8 0 0 1 0 5.6H4.6", stroke: "var(--warn)", width: 1.5, round: true },
    ],
  },
  healthy: { shapes: [{ d: "m2.3 6.4 2.5 2.4 5-5.5", stroke: "var(--ok-mark)", width: 1.8, round: true }] },
  done: taskMarks.complete,
  off: {
    shapes: [
      { d: circle(4.8), stroke: "var(--ink-3)", width: 1.3 },
      { d: "M3.8 6h4.4", stroke: "var(--ink-3)", width: 1.3 },
    ],
  },
} as const satisfies Record<string, MarkDrawing>;

export type HealthMarkName = keyof typeof healthMarks;

const hexagon = "M6 .9 10.5 3.4v5.2L6 11.1 1.5 8.6V3.4Z";

/** Node roles. `unreachable` is a manager that does not answer: the hexagon has a gap. */
export const roleMarks = {
  leader: {
    shapes: [
      { d: "M6 .6 10.8 3.3v5.4L6 11.4 1.2 8.7V3.3Z", fill: "var(--ink)" },
      {
        d: "M6 3.3 6.9 5l1.9.3-1.4 1.3.3 1.9L6 7.6l-1.7.9.3-1.9-1.4-1.3L5.1 5Z",
        fill: "var(--surface)",
      },
    ],
  },
  manager: { shapes: [{ d: hexagon, stroke: "var(--ink-2)", width: 1.4, round: true }] },
  unreachable: {
    shapes: [
      {
        d: "M8.2 2.1 6 .9 1.5 3.4v5.2L6 11.1l4.5-2.5V6.2",
        stroke: "var(--warn-mark)",
        width: 1.4,
        round: true,
      },
    ],
  },
  worker: { shapes: [{ d: circle(3), stroke: "var(--ink-3)", width: 1.4 }] },
} as const satisfies Record<string, MarkDrawing>;

export type RoleMarkName = keyof typeof roleMarks;
