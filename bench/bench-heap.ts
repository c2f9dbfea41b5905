import { setTimeout as pause } from "node:timers/promises";
import type { Browser } from "@playwright/test";
import { openMap } from "./bench-sizes.ts";
import { MB, type Row } from "./report.ts";
import { sizes, withSimulated } from "./simulated.ts";

const CHURN = 20;
const MINUTES = 30;

/** What a map holds before and after half an hour under churn, after a collection each time: a heap that grows is a leak. */
export function benchHeap(browser: Browser, say: (text: string) => void): Promise<Row[]> {
  say(`heap: a map, ${MINUTES} minutes`);
  return withSimulated({ ...sizes.L, churn: CHURN }, async (simulated) => {
    const { page, close } = await openMap(browser, simulated, simulated.shoal.url);
    const devtools = await page.context().newCDPSession(page);
    const held = async () => {
      await devtools.send("HeapProfiler.collectGarbage");
      const { usedSize } = await devtools.send("Runtime.getHeapUsage");
      return { heap: usedSize / MB, dom: await page.locator("*").count() };
    };
    const before = await held();
    await pause(MINUTES * 60_000); // what is measured is growth over time
    const after = await held();
    await close();
    return [
      { what: "map, JS heap", value: before.heap, unit: "MB", budget: null, note: "after a collection" },
      { what: `… ${MINUTES} min later, ${CHURN} changes/s`, value: after.heap, unit: "MB", budget: before.heap * 1.2, note: "with the code that the browser compiles meanwhile" },
      { what: "map, DOM nodes", value: before.dom, unit: "", budget: null },
      { what: `… ${MINUTES} min later`, value: after.dom, unit: "", budget: before.dom * 1.2 },
    ]; // biome-ignore format: one line per row
  });
}
