import type { Page } from "@playwright/test";
import { percentile } from "./report.ts";

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly tid: number;
  readonly pid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Of `dur`, in which the thread had a processor. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const FRAME_US = 1e6 / 60;

/**
 * Work of the page's main thread in each sixtieth of a second in which it had any, while `act` goes on: the value that 95 of
 * 100 do not exceed, ms of CPU time. From a trace of the browser.
 */
export async function frameWork(page: Page, act: () => Promise<void>): Promise<number> {
  const browser = page.context().browser();
  if (browser === null) throw new Error("a trace needs a browser");
  await browser.startTracing(page, {
    categories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"],
  });
  await act();
  const text = (await browser.stopTracing()).toString("utf8");
  const { traceEvents } = JSON.parse(text) as { readonly traceEvents: readonly TraceEvent[] };
  return percentile(workByFrame(traceEvents), 0.95);
}

function workByFrame(events: readonly TraceEvent[]): number[] {
  const mains = new Set(
    events
      .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = events.filter(
    ({ name, ph, pid, tid }) => ph === "X" && name === "RunTask" && mains.has(`${pid} ${tid}`),
  );
  // The page is the renderer that worked most: a browser has others for its own surface.
  const total = new Map<string, number>();
  for (const { pid, dur = 0 } of tasks) total.set(String(pid), (total.get(String(pid)) ?? 0) + dur);
  const [busiest] = [...total].sort((a, b) => b[1] - a[1])[0] ?? [];
  const frames = new Map<number, number>();
  for (const { pid, ts, dur = 0, tdur = dur } of tasks) {
    if (String(pid) !== busiest) continue;
    const frame = Math.floor(ts / FRAME_US);
    frames.set(frame, (frames.get(frame) ?? 0) + tdur / 1_000);
  }
  return [...frames.values()];
}
