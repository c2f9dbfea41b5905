import { setTimeout as pause } from "node:timers/promises";
import type { Browser, CDPSession, Page } from "@playwright/test";
import { busyShare } from "./busy.ts";
import { frameWork } from "./frame-work.ts";
import { signedInContext } from "./page-visit.ts";
import { median, percentile, type Row } from "./report.ts";
import { type Simulated, sizes, withSimulated } from "./simulated.ts";

/** The pages with a table of what a swarm has most of, and what is typed into the filter of each, key by key. */
const pages = {
  tasks: "204.7",
  services: "1204",
  containers: "1204",
  nodes: "117",
} as const;
type PageName = keyof typeof pages;

/** Looks, 100 ms apart, after which a page that still has something to do is left alone. */
const SOON = 50;
const CHURN = 20;
const CHURN_MS = 15_000;

/** What one key press or click cost. */
interface Answer {
  /** From the event until the rows that follow from it were painted, ms. */
  readonly drawnMs: number;
  /** Work of the main thread until it had nothing to do any more, ms. */
  readonly workMs: number;
}

/** Rows of the tables at the largest size, 20,000 tasks: filter, sort, scroll, and elements. */
export async function benchTables(browser: Browser, say: (text: string) => void): Promise<Row[]> {
  const rows: Row[] = [];
  await withSimulated({ ...sizes.XXL, churn: 0 }, async (simulated) => {
    for (const name of Object.keys(pages) as PageName[]) {
      say(`tables: ${name}`);
      rows.push(...(await pageRows(browser, name, simulated)));
    }
  });
  say(`tables: tasks, ${CHURN} a second are replaced`);
  await withSimulated({ ...sizes.XXL, churn: CHURN }, async (simulated) => {
    const { page, close } = await openTable(browser, "tasks", simulated);
    const value = await busyShare(page, CHURN_MS);
    rows.push({ what: `tasks, main thread busy, ${CHURN} changes/s`, value, unit: "%", budget: null });
    await close();
  });
  return rows;
}

async function pageRows(browser: Browser, name: PageName, simulated: Simulated): Promise<Row[]> {
  const { page, devtools, close } = await openTable(browser, name, simulated);
  const count = Number(await page.getByRole("table").first().getAttribute("aria-rowcount")) - 1;
  const domNodes = await page.evaluate(() => document.getElementsByTagName("*").length);
  const typed = await filterAnswers(page, devtools, pages[name]);
  const scrolled = await frameWork(page, () => scroll(page));
  const sorted = await sortAnswers(page, devtools);
  await close();
  const words = `${count.toLocaleString("en")} rows`;
  const drawn = typed.map(({ drawnMs }) => drawnMs);
  const work = typed.map(({ workMs }) => workMs);
  const slowest = [...sorted].sort((a, b) => b[1].drawnMs - a[1].drawnMs)[0];
  const sorts = sorted.map(([column, { drawnMs }]) => `${column} ${Math.round(drawnMs)}`).join(", ");
  return [
    { what: `${name}, a key in the filter until the rows are painted, p95`, value: percentile(drawn, 0.95), unit: "ms", budget: 100, note: `${words}; ${drawn.length} keys, median ${Math.round(median(drawn))} ms` },
    { what: `… work of the main thread for a key, p95`, value: percentile(work, 0.95), unit: "ms", budget: null, note: `median ${Math.round(median(work))} ms` },
    { what: `${name}, main thread a frame while it is scrolled, p95`, value: scrolled, unit: "ms", budget: 16 },
    { what: `${name}, sorted by the slowest column until painted`, value: slowest?.[1].drawnMs ?? 0, unit: "ms", budget: null, note: sorts },
    { what: `${name}, DOM nodes`, value: domNodes, unit: "", budget: null },
  ]; // biome-ignore format: one line per row
}

async function openTable(browser: Browser, name: PageName, { shoal }: Simulated) {
  const context = await signedInContext(browser, shoal);
  const page = await context.newPage();
  await page.addInitScript(watchTable);
  await page.goto(`${shoal.url}/c/local/${name}`);
  await page.locator("table tbody tr[data-key]").first().waitFor({ state: "visible", timeout: 60_000 });
  await page.waitForLoadState("networkidle");
  await pause(1_000); // what runs when the browser is idle is over
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable");
  return { page, devtools, close: () => context.close() };
}

/** In the page: notes when the rows of its table were last painted anew, and when the last key or click was. */
function watchTable(): void {
  const seen = { actedAt: 0, drawnAt: 0 };
  Object.assign(window, { tableSeen: seen });
  const act = ({ timeStamp }: Event) => Object.assign(seen, { actedAt: timeStamp, drawnAt: 0 });
  for (const type of ["keydown", "click"]) addEventListener(type, act, true);
  const channel = new MessageChannel();
  // A message sent while a frame is made comes after that frame was painted.
  channel.port1.onmessage = () => {
    seen.drawnAt = performance.now();
  };
  const observer = new MutationObserver((changes) => {
    const isTable = ({ target }: MutationRecord) =>
      target instanceof HTMLTableElement || target instanceof HTMLTableSectionElement;
    if (changes.some(isTable)) requestAnimationFrame(() => channel.port2.postMessage(null));
  });
  observer.observe(document, { subtree: true, childList: true, attributeFilter: ["aria-rowcount"] });
}

async function answerTo(page: Page, devtools: CDPSession, act: () => Promise<void>): Promise<Answer | null> {
  const worked = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1_000;
  };
  const before = await worked();
  await act();
  // Until two looks see that there was nothing to do in between: what was put off is over, too.
  let seen = await worked();
  for (let look = 0; look < SOON; look += 1) {
    await pause(100);
    const now = await worked();
    if (now - seen < 4) break;
    seen = now;
  }
  const workMs = (await worked()) - before;
  const { actedAt, drawnAt } = await page.evaluate(
    () => (window as unknown as { tableSeen: { actedAt: number; drawnAt: number } }).tableSeen,
  );
  return drawnAt === 0 ? null : { drawnMs: drawnAt - actedAt, workMs };
}

/** Types a text, key by key, and takes some of it and then all away again. Keys after which the rows are the same do not count. */
async function filterAnswers(page: Page, devtools: CDPSession, text: string): Promise<Answer[]> {
  await page.locator("[data-filter-input]").first().focus();
  const answers: Answer[] = [];
  for (const key of [...text, "Backspace", "Backspace", "Escape"]) {
    const answer = await answerTo(page, devtools, () => page.keyboard.press(key));
    if (answer) answers.push(answer);
  }
  return answers;
}

/** Sorts by each column that can be sorted by, rising. */
async function sortAnswers(page: Page, devtools: CDPSession): Promise<[string, Answer][]> {
  const buttons = page.locator("thead button:not([role=checkbox])");
  const answers: [string, Answer][] = [];
  for (const button of await buttons.all()) {
    const column = (await button.textContent()) ?? "";
    // Playwright looks for the place first: the click itself is what counts.
    const answer = await answerTo(page, devtools, () => button.click());
    if (answer) answers.push([column, answer]);
  }
  return answers;
}

async function scroll(page: Page): Promise<void> {
  const box = await page.getByRole("table").first().boundingBox();
  await page.mouse.move((box?.x ?? 0) + 400, 500);
  for (let turn = 0; turn < 60; turn += 1) {
    await page.mouse.wheel(0, turn < 45 ? 240 : -240);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}
