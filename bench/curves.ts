/** One picture of a thing over time. */
export interface Curve {
  readonly title: string;
  readonly unit: string;
  /** The line's colour: one of the services' hues of our palette, in sRGB. */
  readonly colour: string;
  /** x and y, in order. */
  readonly points: readonly (readonly [number, number])[];
  /** What y may be at most, drawn as a dashed line. */
  readonly budget?: number;
}

export interface CurvesPage {
  readonly title: string;
  readonly note: string;
  /** What x is, with its unit. */
  readonly across: string;
  readonly curves: readonly Curve[];
}

/** Hues of our palette (look.md), for lines on a light ground. */
export const hues = { lagoon: "#036e77", cobalt: "#3157b1", orchid: "#9b64bd", clay: "#966348" } as const;
const ground = "#f7fafb";
const grid = "#d9e1e4";
const ink = "#132028";
const quiet = "#5b6a72";

const width = 900;
const panel = { left: 76, right: 24, height: 150, gap: 62, top: 96 };
const innerWidth = width - panel.left - panel.right;
const font = `font-family="Inter, system-ui, -apple-system, 'Segoe UI', sans-serif"`;

/** Draws curves below each other over the same time, each from zero, as an SVG picture that needs nothing else. */
export function drawCurves({ title, note, across, curves }: CurvesPage): string {
  const most = Math.max(...curves.flatMap(({ points }) => points.map(([x]) => x)), 1);
  const height = panel.top + curves.length * (panel.height + panel.gap) - 20;
  const parts = curves.map((curve, place) =>
    drawCurve(curve, panel.top + place * (panel.height + panel.gap), { most, across }),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ${font}>`,
    `<title>${safe(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${ground}"/>`,
    text(title, { x: 24, y: 34, size: 18, weight: 600 }),
    text(note, { x: 24, y: 56, colour: quiet }),
    ...parts,
    "</svg>\n",
  ].join("\n");
}

function drawCurve(curve: Curve, top: number, { most, across }: { most: number; across: string }): string {
  const { points, budget, colour, unit, title } = curve;
  const highest = Math.max(...points.map(([, y]) => y), budget ?? 0, 1);
  const step = niceStep(highest / 3);
  const limit = Math.ceil((highest * 1.02) / step) * step;
  const x = (value: number) => round(panel.left + (value / most) * innerWidth);
  const y = (value: number) => round(top + panel.height - (value / limit) * panel.height);
  const right = width - panel.right;
  const rows = Array.from({ length: Math.round(limit / step) + 1 }, (_, turn) => turn * step);
  const hours = Math.floor(most);
  const columns = Array.from({ length: hours + 1 }, (_, turn) => turn);
  const last = points.at(-1)?.[1] ?? 0;
  return [
    text(title.charAt(0).toUpperCase() + title.slice(1), {
      x: panel.left,
      y: top - 12,
      size: 13,
      weight: 600,
    }),
    text(`${amount(last)} ${unit} at the end`.replace("  ", " "), {
      x: right,
      y: top - 12,
      anchor: "end",
      colour: quiet,
    }),
    ...rows.flatMap((value) => [
      `<path d="M${panel.left} ${y(value)}H${right}" stroke="${grid}"/>`,
      text(`${amount(value)}${unit && ` ${unit}`}`, {
        x: panel.left - 8,
        y: y(value) + 4,
        anchor: "end",
        colour: quiet,
      }),
    ]),
    ...columns.map((hour) =>
      text(hour === hours ? `${hour} ${across}` : `${hour}`, {
        x: x(hour),
        y: top + panel.height + 18,
        anchor: "middle",
        colour: quiet,
      }),
    ),
    budget === undefined
      ? ""
      : `<path d="M${panel.left} ${y(budget)}H${right}" stroke="${ink}" stroke-opacity=".55" stroke-dasharray="5 4"/>` +
        text("budget", { x: right - 4, y: y(budget) - 5, anchor: "end", colour: quiet, size: 11 }),
    `<polyline fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round" points="${points.map(([at, value]) => `${x(at)},${y(value)}`).join(" ")}"/>`,
    ...points.map(([at, value]) => `<circle cx="${x(at)}" cy="${y(value)}" r="2.2" fill="${colour}"/>`),
  ]
    .filter(Boolean)
    .join("\n");
}

interface TextStyle {
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly weight?: number;
  readonly anchor?: "middle" | "end";
  readonly colour?: string;
}

function text(words: string, { x, y, size = 12, weight = 400, anchor, colour = ink }: TextStyle): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${colour}"${anchor ? ` text-anchor="${anchor}"` : ""}>${safe(words)}</text>`;
}

const safe = (words: string) => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const round = (value: number) => Math.round(value * 10) / 10;
const amount = (value: number) => value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 });

/** 1, 2 or 5 times a power of ten, at least as much as asked for. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((times) => times * power).find((candidate) => candidate >= least * 0.999) ?? least;
}
