import { setTimeout as pause } from "node:timers/promises";
import type { Browser } from "@playwright/test";
import type { Shoal } from "../tests/lab/shoal.ts";
import { busyShare, residentBytes, serverPid } from "./busy.ts";
import { withCrowd } from "./crowd.ts";
import { signedInContext, type Visit, visit } from "./page-visit.ts";
import { startPeerPage } from "./peer/peer-page.ts";
import { KB, MB, median, type Row } from "./report.ts";
import { tapWire } from "./wire-tap.ts";

const RUNS = 3;
const IDLE_MS = 20_000;
const MAP_SHOWN = '[data-slot="sea"] section';

/** First visits of a page, each with an empty cache, and the live socket's first bytes. */
async function firstVisits(browser: Browser, shoal: Shoal, path: string, shown: string) {
  const visits: (Visit & { readonly socketBytes: number })[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const tap = await tapWire(shoal.url);
    const context = await signedInContext(browser, { ...shoal, url: tap.url });
    const seen = await visit(await context.newPage(), tap.url + path, shown);
    visits.push({ ...seen, socketBytes: tap.sockets().down });
    await context.close();
    tap.close();
  }
  const middle = (pick: (one: (typeof visits)[number]) => number) => median(visits.map(pick));
  return {
    firstData: middle((one) => one.documentBytes + one.socketBytes),
    plain: middle((one) => one.documentBytesPlain),
    document: middle((one) => one.documentBytes),
    shownMs: middle((one) => one.shownMs),
  };
}

async function idle(browser: Browser, shoal: Shoal) {
  const context = await signedInContext(browser, shoal);
  const page = await context.newPage();
  const { domNodes, shownMs } = await visit(page, `${shoal.url}/c/local/map`, MAP_SHOWN);
  await pause(5_000); // the page comes to rest
  const busy = await busyShare(page, IDLE_MS);
  const resident = await residentBytes(serverPid(shoal.url));
  await context.close();
  return { domNodes, shownMs, busy, resident };
}

async function peerBusy(browser: Browser, socketPath: string) {
  const peer = await startPeerPage(socketPath);
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await page.goto(peer.url);
  await page.locator("section div").first().waitFor();
  const busy = await busyShare(page, IDLE_MS);
  await page.close();
  peer.close();
  return busy;
}

async function peerFirstData(browser: Browser, socketPath: string): Promise<number> {
  const peer = await startPeerPage(socketPath);
  const page = await browser.newPage();
  let bytes = 0;
  page.on("requestfinished", async (request) => {
    bytes += (await request.sizes()).responseBodySize;
  });
  await page.goto(peer.url);
  await page.locator("section div").first().waitFor();
  await page.close();
  peer.close();
  return bytes;
}

/** Rows of sizes that no lab on one machine can hold, on the simulated swarm. */
export async function benchCrowd(browser: Browser, say: (text: string) => void): Promise<Row[]> {
  say("crowd: services page, 20 nodes, 750 tasks");
  const services = await withCrowd({ nodes: 20, tasks: 750 }, (shoal) =>
    firstVisits(browser, shoal, "/c/local/services", "table"),
  );
  say("crowd: map, 20 nodes, 1,000 tasks");
  const [map, peerBytes] = await withCrowd({ nodes: 20, tasks: 1_000 }, async (shoal, socketPath) => [
    await firstVisits(browser, shoal, "/c/local/map", MAP_SHOWN),
    await peerFirstData(browser, socketPath),
  ]);
  say("crowd: map, 30 nodes, 2,000 tasks, nobody touches it");
  const [big, peer] = await withCrowd({ nodes: 30, tasks: 2_000 }, async (shoal, socketPath) => [
    await idle(browser, shoal),
    await peerBusy(browser, socketPath),
  ]);
  say("crowd: map, 50 nodes, 2,000 tasks");
  const most = await withCrowd({ nodes: 50, tasks: 2_000 }, (shoal) => idle(browser, shoal));
  return [
    { what: "services page, first data, 20 nodes, 750 tasks", value: services.plain / KB, unit: "KB", budget: 60, note: "document, not compressed: every page carries the picture of the whole cluster, and the rows drawn" },
    { what: "… as sent, with the socket's first bytes", value: services.firstData / KB, unit: "KB", budget: null, note: `gzip; median of ${RUNS}` },
    { what: "map, first data, 20 nodes, 1,000 tasks", value: map.firstData / KB, unit: "KB", budget: 150, peer: peerBytes / KB, note: "document and the socket's first bytes, as sent" },
    { what: "… the document alone", value: map.document / KB, unit: "KB", budget: null, note: "gzip" },
    { what: "… until it is shown", value: map.shownMs, unit: "ms", budget: null, note: `empty cache, median of ${RUNS}` },
    { what: "map, main thread busy, nobody touches it, 30 nodes, 2,000 tasks", value: big.busy, unit: "%", budget: 5, peer, note: `over ${IDLE_MS / 1e3} s; the demo's own changes go on` },
    { what: "… DOM nodes", value: big.domNodes, unit: "", budget: null },
    { what: "map, main thread busy, 50 nodes, 2,000 tasks", value: most.busy, unit: "%", budget: null },
    { what: "… DOM nodes", value: most.domNodes, unit: "", budget: null },
    { what: "… until it is shown", value: most.shownMs, unit: "ms", budget: null },
    { what: "server memory, 50 nodes, 2,000 tasks, 1 viewer", value: most.resident / MB, unit: "MB", budget: null, note: "resident, without the simulator" },
  ]; // biome-ignore format: one line per row
}
