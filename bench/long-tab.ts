import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Browser, CDPSession, Page } from "@playwright/test";
import type { ServerFrame } from "#lib/shared/topics.ts";
import { machineClock } from "../lib/sim/clock.ts";
import { type CrowdOptions, createCrowdSwarm } from "../lib/sim/crowd/crowd-swarm.ts";
import { serveSwarm } from "../lib/sim/start-simulator.ts";
import { type Shoal, startShoal } from "../tests/lab/shoal.ts";
import { type FastClock, serverWithClock, speedUpDate } from "./fast-date.ts";
import { signedInContext } from "./page-visit.ts";
import { MB } from "./report.ts";

/** What a tab and its server held at a moment, after a collection. */
export interface Held {
  /** Since the tab was opened, in the swarm's time. */
  readonly hours: number;
  readonly heapMb: number;
  /** All that the page holds, also what is in no document. */
  readonly domNodes: number;
  readonly listeners: number;
  readonly serverMb: number;
  /** Tasks, services and nodes that the tab was told of as changed, so far. */
  readonly changes: number;
}

/** A long life: rounds through the pages, each with a reading at its end, for at least so long and so many. */
export interface LongLife {
  /** Of the swarm's time. */
  readonly hours: number;
  /** How fast time passes: for the swarm, the server and the tab. */
  readonly speed: number;
  /** Tasks that are replaced in a real second. */
  readonly churn: number;
  readonly rounds: number;
  /** Real ms that the map is looked at in a round. */
  readonly mapMs: number;
  /** Real ms that another page is looked at. */
  readonly pageMs: number;
  /** Pages visited in a round; all when not said. They take turns. */
  readonly pagesARound?: number;
}

/** Small enough that a machine with two cores keeps up with all of it. */
const size: Omit<CrowdOptions, "now" | "seed" | "churnPerSecond"> = {
  nodes: 6,
  services: 40,
  tasks: 240,
  history: 4,
};

const shownMap = '[data-slot="sea"] section';

/** Other pages than the map: how a person gets there from it. */
const walks: readonly ((page: Page) => Promise<void>)[] = [
  (page) => follow(page, "/c/local/services", "table tbody tr"),
  (page) => follow(page, "/c/local/tasks", "table tbody tr"),
  async (page) => {
    await follow(page, "/c/local/services", "table tbody tr");
    await page.locator('table tbody a[href^="/c/local/services/"]').first().click();
    await page.waitForURL(/\/services\/[^/]+$/);
    await page.getByRole("link", { name: "Logs", exact: true }).last().click();
    await page.locator('[data-slot="log-line"]').first().waitFor();
  },
];

/** Opens the map in a tab whose clock runs with the swarm's, and lives there. Answers a reading for each round. */
export function liveLong(browser: Browser, life: LongLife, say: (text: string) => void): Promise<Held[]> {
  return withFastSwarm(life, async (shoal, clock) => {
    const context = await signedInContext(browser, shoal);
    await context.addInitScript(speedUpDate, { ...clock, hasTimers: true });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    const changes = countChanges(page);
    const devtools = await context.newCDPSession(page);
    await devtools.send("Performance.enable");
    await page.goto(`${shoal.url}/c/local/map`);
    await page.locator(shownMap).first().waitFor();
    const began = await page.evaluate(() => Date.now());
    const { pagesARound = walks.length } = life;
    const all: Held[] = [];
    for (let round = 0; round < life.rounds || (all.at(-1)?.hours ?? 0) < life.hours; round += 1) {
      for (let turn = 0; turn < pagesARound; turn += 1) {
        await walks[(round * pagesARound + turn) % walks.length]?.(page);
        await pause(life.pageMs); // a person looks at it
      }
      await follow(page, "/c/local/map", shownMap);
      await pause(life.mapMs); // what is measured is growth over time
      all.push(await reading(page, devtools, { began, pid: shoal.pid(), changes: changes() }));
      say(line(all.at(-1)));
    }
    await context.close();
    if (problems.length > 0) throw new Error(`exceptions in the page: ${problems.slice(0, 3).join("; ")}`);
    return all;
  });
}

/** Shoal with a link to every node of a small swarm, and one clock that runs fast for both. */
async function withFastSwarm<T>(
  { speed, churn }: LongLife,
  use: (shoal: Shoal, clock: FastClock) => Promise<T>,
): Promise<T> {
  const clock = { began: Date.now(), speed };
  const swarmClock = machineClock(speed);
  const swarm = createCrowdSwarm({ ...size, now: swarmClock.now(), seed: 8, churnPerSecond: churn / speed });
  const simulator = await serveSwarm(swarm, { clock: swarmClock });
  try {
    const engines = simulator.addresses.map((at) =>
      at.kind === "unix" ? `unix://${at.path}` : `tcp://${at.host}:${at.port}`,
    );
    const shoal = await startShoal({ engines, env: serverWithClock(clock) });
    try {
      return await use(shoal, clock);
    } finally {
      await shoal.stop();
    }
  } finally {
    await simulator.close();
  }
}

async function reading(
  page: Page,
  devtools: CDPSession,
  { began, pid, changes }: { readonly began: number; readonly pid: number; readonly changes: number },
): Promise<Held> {
  // Twice: what the first one lets go of may have held more.
  for (let turn = 0; turn < 2; turn += 1) await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  const { metrics } = await devtools.send("Performance.getMetrics");
  const metric = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return {
    hours: ((await page.evaluate(() => Date.now())) - began) / 3_600_000,
    heapMb: usedSize / MB,
    domNodes: metric("Nodes"),
    listeners: metric("JSEventListeners"),
    serverMb: Number(kib) / 1_024,
    changes,
  };
}

/** Counts what the page's live sockets bring it. */
function countChanges(page: Page): () => number {
  let changes = 0;
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => {
      const frame = JSON.parse(String(payload)) as ServerFrame;
      if (frame.type !== "delta") return;
      const { tasks, services, nodes } = frame.delta;
      for (const part of [tasks, services, nodes])
        changes += (part?.set.length ?? 0) + (part?.del.length ?? 0);
    }),
  );
  return () => changes;
}

/** Goes to a page of the navigation without leaving the document. */
async function follow(page: Page, path: string, shown: string): Promise<void> {
  await page.locator(`nav a[href="${path}"]`).first().click();
  await page.waitForURL((url) => url.pathname === path);
  await page.locator(shown).first().waitFor();
}

function line(held: Held | undefined): string {
  if (!held) return "";
  const { hours, heapMb, domNodes, listeners, serverMb, changes } = held;
  return `tab: ${hours.toFixed(2)} h, heap ${heapMb.toFixed(1)} MB, ${domNodes} nodes, ${listeners} listeners, server ${serverMb.toFixed(0)} MB, ${changes} changes`;
}
