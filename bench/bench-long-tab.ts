import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { type Curve, drawCurves, hues } from "./curves.ts";
import { type Held, type LongLife, liveLong } from "./long-tab.ts";
import { median, type Row } from "./report.ts";

const PICTURE = join(import.meta.dirname, "long-tab.svg");

/** Eight hours in ten minutes, with a reading about every quarter of a minute. */
const eightHours: LongLife = {
  speed: 48,
  churn: 5,
  hours: 8,
  rounds: 20,
  mapMs: 9_000,
  pageMs: 2_500,
  pagesARound: 1,
};

/** What may be at the end, of what was there after the first tenth. */
const growth = 1.2;

interface Part {
  readonly title: string;
  readonly unit: "MB" | "";
  readonly colour: string;
  readonly of: (held: Held) => number;
  /** A server's memory is the garbage collector's to decide: it is drawn, and promised nothing here. */
  readonly isPromised: boolean;
}

const parts: readonly Part[] = [
  { title: "JS heap", unit: "MB", colour: hues.lagoon, of: (held) => held.heapMb, isPromised: true },
  { title: "DOM nodes", unit: "", colour: hues.cobalt, of: (held) => held.domNodes, isPromised: true },
  { title: "listeners", unit: "", colour: hues.orchid, of: (held) => held.listeners, isPromised: true },
  {
    title: "server, resident memory",
    unit: "MB",
    colour: hues.clay,
    of: (held) => held.serverMb,
    isPromised: false,
  },
];

/**
 * A tab that stays open for eight hours under churn, on the map and now and then on other pages. Draws what it holds as
 * `bench/long-tab.svg`, and answers its growth from the first tenth to the end.
 */
export async function benchLongTab(browser: Browser, say: (text: string) => void): Promise<Row[]> {
  say("tab: eight hours in ten minutes");
  const all = await liveLong(browser, eightHours, say);
  const tenth = Math.ceil(all.length / 10);
  // The first tenth has seen every page once, so that what is loaded on first use is there.
  const early = all.slice(tenth, 2 * tenth);
  const late = all.slice(-tenth);
  const hours = all.at(-1)?.hours ?? 0;
  const changes = all.at(-1)?.changes ?? 0;
  const perSecond = changes / ((hours * 3_600) / eightHours.speed);
  writeFileSync(PICTURE, picture(all, early, perSecond));
  return parts.map(({ title, unit, of, isPromised }) => {
    const first = median(early.map(of));
    return {
      what: `tab open for ${hours.toFixed(1)} h, ${title}`,
      value: median(late.map(of)),
      unit,
      budget: isPromised ? first * growth : null,
      note: `${Math.round(first).toLocaleString("en")}${unit && ` ${unit}`} after the first tenth; ${Math.round(perSecond)} changes/s of real time`,
    };
  });
}

function picture(all: readonly Held[], early: readonly Held[], perSecond: number): string {
  const curves = parts.map(
    ({ title, unit, colour, of, isPromised }): Curve => ({
      title,
      unit,
      colour,
      points: all.map((held) => [held.hours, of(held)]),
      ...(isPromised && { budget: median(early.map(of)) * growth }),
    }),
  );
  return drawCurves({
    title: "A tab that stays open for eight hours",
    note: `${eightHours.speed} times as fast as life, ${Math.round(perSecond)} changes a second, each reading after a collection. The budget is ${growth} times what is held after the first tenth.`,
    across: "h",
    curves,
  });
}
