import { setTimeout as pause } from "node:timers/promises";
import type { Browser, Page } from "@playwright/test";
import { busyShare, mostResidentBytes, residentBytes, serverPid } from "./busy.ts";
import { frameWork } from "./frame-work.ts";
import { signedInContext, type Visit, visit } from "./page-visit.ts";
import { startPeerPage } from "./peer/peer-page.ts";
import { KB, MB, median, type Row } from "./report.ts";
import { huge, type Simulated, type Size, sizes, withSimulated } from "./simulated.ts";
import { tapWire } from "./wire-tap.ts";

const MINUTE = 60_000;
const VIEWERS = 50;
/** A server gives back what opening pages took. */
const REST_MS = 30_000;
const CHURN = 20;
const MAP = { path: "/c/local/map", shown: '[data-slot="sea"] section' };
const pages = {
  map: MAP,
  services: { path: "/c/local/services", shown: "table tbody tr" },
  service: { path: "/c/local/services/stack-001_service-0", shown: "main h1" },
  containers: { path: "/c/local/containers", shown: "main h1" },
};
type PageName = keyof typeof pages;

type SizeName = keyof typeof sizes;

/** How long each part takes. */
export interface Pace {
  readonly visits: number;
  /** Of each window in which work and bytes are counted, ms. */
  readonly windowMs: number;
}
export const quick: Pace = { visits: 1, windowMs: 10_000 };
export const full: Pace = { visits: 3, windowMs: 30_000 };

/** What the budgets are for each size; the rest is measured to be known. */
const budgets: Partial<Record<SizeName, Readonly<Record<string, number>>>> = {
  L: { firstKb: 150, idleBusy: 5, churnBusy: 25 },
  XL: { idleBusy: 5 },
  XXL: { firstKb: 1_024, shownMs: 4_000, frameMs: 16, serverMb: 500, livelyServerMb: 500 },
};

/** Rows of the five sizes, on simulated swarms with 4 finished tasks for each that runs. */
export async function benchSizes(browser: Browser, say: (text: string) => void, pace: Pace): Promise<Row[]> {
  say("sizes: services page, 50 services, 750 tasks");
  const rows = await withSimulated({ ...sizes.M, churn: 0 }, (simulated) => servicesRows(browser, simulated));
  for (const name of Object.keys(sizes) as SizeName[]) rows.push(...(await rowsOf(browser, name, say, pace)));
  if (pace === full) rows.push(...(await hugeRows(browser, say)));
  return rows;
}

async function hugeRows(browser: Browser, say: (text: string) => void): Promise<Row[]> {
  const words = sizeWords(huge);
  say(`sizes: ${words}`);
  return withSimulated({ ...huge, churn: 0 }, async ({ shoal, readyMs, scaledBytes }) => {
    const context = await signedInContext(browser, shoal);
    const seen = await visit(await context.newPage(), shoal.url + MAP.path, MAP.shown);
    const value = (await residentBytes(serverPid(shoal.url))) / MB;
    await context.close();
    const budget = null;
    return [
      { what: "huge: from the server's start until a viewer has every task", value: readyMs, unit: "ms", budget, note: `${words}, one finished task for each that runs` },
      { what: "huge: map, until it is shown", value: seen.shownMs, unit: "ms", budget },
      { what: "huge: map, the document", value: seen.documentBytes / KB, unit: "KB", budget, note: "as sent" },
      { what: "huge: server memory, 1 viewer", value, unit: "MB", budget },
      { what: "huge: a service scaled by one, to each viewer", value: (await scaledBytes()) / KB, unit: "KB", budget: 4 },
    ]; // biome-ignore format: one line per row
  });
}

function sizeWords({ nodes, services, tasks }: Pick<Size, "nodes" | "services" | "tasks">): string {
  return `${nodes.toLocaleString("en")} nodes, ${services.toLocaleString("en")} services, ${tasks.toLocaleString("en")} tasks`;
}

async function rowsOf(
  browser: Browser,
  name: SizeName,
  say: (text: string) => void,
  pace: Pace,
): Promise<Row[]> {
  const size = sizes[name];
  const limits = budgets[name] ?? {};
  say(`sizes: ${name}, nothing changes`);
  const calm = await withSimulated({ ...size, churn: 0 }, (simulated) =>
    calmRows(browser, name, simulated, pace),
  );
  say(`sizes: ${name}, ${CHURN} tasks a second are replaced`);
  const lively = await withSimulated({ ...size, churn: CHURN }, (simulated) =>
    livelyRows(browser, name, simulated, pace),
  );
  const words = sizeWords(size);
  return [...calm, ...lively].map(({ key, ...row }, index) => ({
    ...row,
    what: `${name}: ${row.what}`,
    budget: row.budget ?? limits[key] ?? null,
    ...(index === 0 && { note: [words, row.note].filter(Boolean).join("; ") }),
  }));
}

type KeyedRow = Row & { readonly key: string };

function row(key: string, what: string, value: number, unit: Row["unit"], more: Partial<Row> = {}): KeyedRow {
  return { key, what, value, unit, budget: null, ...more };
}

async function calmRows(
  browser: Browser,
  name: SizeName,
  simulated: Simulated,
  pace: Pace,
): Promise<KeyedRow[]> {
  const { shoal, readyMs, socketPath, scaledBytes } = simulated;
  const rows = [row("readyMs", "from the server's start until a viewer has every task", readyMs, "ms")];
  for (const page of Object.keys(pages) as PageName[])
    rows.push(...(await visitRows(browser, page, simulated, pace)));
  const tap = await tapWire(shoal.url);
  const { page, close } = await openMap(browser, simulated, tap.url);
  const before = tap.sockets();
  const busy = await busyShare(page, pace.windowMs);
  const bytes = perMinute(tap.sockets().down - before.down, pace);
  const peer = name === "L" || name === "XL" ? await peerBusy(browser, socketPath, pace) : undefined;
  rows.push(
    row("idleBusy", "map, main thread busy, nothing changes", busy, "%", peer && { peer: peer.busy }),
    row(
      "idleKb",
      "map, live socket a minute, nothing changes",
      bytes / KB,
      "KB",
      peer && { peer: peer.bytes / KB },
    ),
    row(
      "frameMs",
      "map, main thread a frame while it is scrolled, p95",
      await frameWork(page, () => scroll(page)),
      "ms",
    ),
  );
  await pause(REST_MS);
  const pid = serverPid(shoal.url);
  rows.push(
    row("serverMb", "server memory, 1 viewer", (await residentBytes(pid)) / MB, "MB", { note: "half a minute after the pages were opened" }),
    row("", "… the most until then", mostResidentBytes(pid) / MB, "MB"),
  ); // biome-ignore format: one line per row
  await close();
  tap.close();
  const scaled = (await scaledBytes()) / KB;
  rows.push(
    row("scaledKb", "a service scaled by one, to each viewer until the task runs", scaled, "KB", {
      budget: 4,
    }),
  );
  return rows;
}

async function livelyRows(
  browser: Browser,
  name: SizeName,
  simulated: Simulated,
  pace: Pace,
): Promise<KeyedRow[]> {
  const { shoal } = simulated;
  const tap = await tapWire(shoal.url);
  const { page, close } = await openMap(browser, simulated, tap.url);
  const before = tap.sockets();
  const busy = await busyShare(page, pace.windowMs);
  const bytes = perMinute(tap.sockets().down - before.down, pace);
  const rows = [
    row("churnBusy", `map, main thread busy, ${CHURN} changes/s`, busy, "%"),
    row("churnKb", `map, live socket a minute, ${CHURN} changes/s`, bytes / KB, "KB"),
  ];
  await pause(REST_MS);
  const pid = serverPid(shoal.url);
  rows.push(
    row("livelyServerMb", `server memory, 1 viewer, ${CHURN} changes/s`, (await residentBytes(pid)) / MB, "MB", { note: "half a minute later" }),
    row("", "… the most until then", mostResidentBytes(pid) / MB, "MB"),
  ); // biome-ignore format: one line per row
  if (name === "L") rows.push(...(await viewerRows(simulated, pace)));
  await close();
  tap.close();
  return rows;
}

/** First visits of a page, each with an empty cache: until it can be used. */
async function visitRows(
  browser: Browser,
  name: PageName,
  { shoal }: Simulated,
  { visits }: Pace,
): Promise<KeyedRow[]> {
  const seen: (Visit & { readonly socketBytes: number })[] = [];
  for (let turn = 0; turn < visits; turn += 1) {
    const tap = await tapWire(shoal.url);
    const context = await signedInContext(browser, { ...shoal, url: tap.url });
    const { path, shown } = pages[name];
    seen.push({
      ...(await visit(await context.newPage(), tap.url + path, shown)),
      socketBytes: tap.sockets().down,
    });
    await context.close();
    tap.close();
  }
  const middle = (pick: (one: (typeof seen)[number]) => number) => median(seen.map(pick));
  const isMap = name === "map";
  return [
    row(isMap ? "firstKb" : "", `${name}, first data`, middle((one) => one.documentBytes + one.socketBytes) / KB, "KB", { note: "document and the socket's first bytes, as sent" }),
    row("", `${name}, requests`, middle((one) => one.requests), ""),
    row(isMap ? "shownMs" : "", `${name}, until it is shown`, middle((one) => one.shownMs), "ms", { note: `empty cache, median of ${visits}` }),
    row("", `${name}, DOM nodes`, middle((one) => one.domNodes), ""),
  ]; // biome-ignore format: one line per row
}

async function servicesRows(browser: Browser, { shoal }: Simulated): Promise<Row[]> {
  const context = await signedInContext(browser, shoal);
  const { path, shown } = pages.services;
  const seen = await visit(await context.newPage(), shoal.url + path, shown);
  await context.close();
  return [
    { what: "services page, 50 services, 750 tasks: its data, not compressed", value: seen.dataBytes / KB, unit: "KB", budget: 60, note: "150 run, 600 have ended; with the picture of the whole cluster" },
    { what: "… the document: the same, and the first rows drawn", value: seen.documentBytesPlain / KB, unit: "KB", budget: null, note: "not compressed; to a browser of which nothing is known, with both shapes of a row" },
    { what: "… as sent", value: seen.documentBytes / KB, unit: "KB", budget: null },
  ]; // biome-ignore format: one line per row
}

/** What many viewers cost the engine and the server. */
async function viewerRows({ proxy, watch, serverCpu }: Simulated, pace: Pace): Promise<KeyedRow[]> {
  const during = async () => {
    await pause(2_000); // what opening causes is over
    const [calls, cpu, at] = [proxy.calls(), serverCpu(), performance.now()];
    await pause(pace.windowMs); // what is measured is calls and work per time
    const ms = performance.now() - at;
    return {
      calls: ((proxy.calls() - calls) * MINUTE) / ms,
      cpu: ((serverCpu() - cpu) / (ms / 1_000)) * 100,
    };
  };
  const rows: KeyedRow[] = [];
  const viewers = [await watch()];
  let ofOne = 0;
  for (const n of [1, 10, VIEWERS]) {
    while (viewers.length < n) viewers.push(await watch());
    const { calls, cpu } = await during();
    if (n === 1) ofOne = calls;
    rows.push(
      row("", `engine calls a minute, ${n} viewers and a tab, ${CHURN} changes/s`, calls, "", { budget: n === 1 ? null : ofOne * 1.1 }),
      row("", `server, share of a core, ${n} viewers and a tab`, cpu, "%", { budget: n === VIEWERS ? 25 : null }),
    ); // biome-ignore format: one line per row
  }
  for (const viewer of viewers) viewer.close();
  return rows;
}

/** The map of a signed-in viewer, come to rest. */
export async function openMap(browser: Browser, { shoal }: Simulated, url: string) {
  const context = await signedInContext(browser, { ...shoal, url });
  const page = await context.newPage();
  await visit(page, url + MAP.path, MAP.shown);
  await pause(15_000); // the page comes to rest: the usage of nodes is complete with its second reading
  return { page, close: () => context.close() };
}

/** Down and up again with the wheel, as a person does. */
async function scroll(page: Page): Promise<void> {
  await page.mouse.move(900, 600);
  for (const step of [240, -240]) {
    for (let turn = 0; turn < 30; turn += 1) {
      await page.mouse.wheel(0, step);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
  }
}

async function peerBusy(browser: Browser, socketPath: string, pace: Pace) {
  const peer = await startPeerPage(socketPath);
  const tap = await tapWire(peer.url);
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await page.goto(tap.url);
  await page.locator("section div").first().waitFor();
  const before = tap.pages();
  const busy = await busyShare(page, pace.windowMs);
  const bytes = perMinute(tap.pages().down - before.down, pace);
  await page.close();
  tap.close();
  peer.close();
  return { busy, bytes };
}

function perMinute(amount: number, { windowMs }: Pace): number {
  return (amount * MINUTE) / windowMs;
}
