import type { UseNow } from "#components/cluster/map-use.ts";
import { formatUse, niceMost } from "./format-use.ts";

/** What tasks are coloured by. */
export type UseMetric = "cpu" | "memory";

/** From next to nothing to the most on the map, in equal steps. */
export const tintLevels = 5;
/** Of the colour of bars, in percent: the last still lets the words on it be read. */
const strength = [5, 12, 19, 26, 32] as const;

/** Background of a level in CSS. */
export const tintColor = (level: number): string =>
  `color-mix(in oklab, var(--bar-used) ${strength[level] ?? 0}%, var(--surface))`;

/** What the strongest colour stands for: the most that a task uses, as a round number. */
export function tintMost(tasks: ReadonlyMap<string, UseNow>, metric: UseMetric): number {
  const most = [...tasks.values()].reduce((sum, use) => Math.max(sum, use[metric] ?? 0), 0);
  return niceMost(metric, metric === "memory" ? Math.max(most, 16 * 1024 ** 2) : most);
}

/** The level of a value, 0 to 4. */
export function tintLevel(value: number, most: number): number {
  return Math.min(tintLevels - 1, Math.floor((value / most) * tintLevels));
}

/**
 * Style sheet that colours the tiles of the map and writes the number on them, so that no tile has to be rendered
 * again. Trouble keeps its own look: what is wrong matters more than what it uses.
 */
export function tintRules(tasks: ReadonlyMap<string, UseNow>, metric: UseMetric, most: number): string {
  const running = '[data-slot="sea"] .running';
  const rules = [
    `${running}.tile { background: var(--surface); box-shadow: inset 0 0 0 1px var(--line-2); }`,
    `${running} .tile-age { display: none; }`,
    `${running} .tile-slot { color: var(--ink-2); }`,
  ];
  for (const [id, use] of tasks) {
    const value = use[metric];
    if (value === null) continue;
    const task = `${running}[data-task="${CSS.escape(id)}"]`;
    const color = tintColor(tintLevel(value, most));
    rules.push(
      `${task}.tile { background: ${color}; box-shadow: none; }`,
      `${task} .tile-main::after { content: "${formatUse(metric, value)}"; font: var(--t-11); color: var(--ink-2); white-space: nowrap; }`,
      `${task}.task-mark { background: ${color}; }`,
    );
  }
  return rules.join("\n");
}
