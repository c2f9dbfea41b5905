import { setTimeout as pause } from "node:timers/promises";
import type { Browser } from "@playwright/test";
import { type EngineProxy, startEngineProxy } from "../tests/lab/engine-proxy.ts";
import { startLab } from "../tests/lab/lab.ts";
import { startShoal } from "../tests/lab/shoal.ts";
import { type Viewer, watchCluster } from "../tests/lab/viewer.ts";
import { waitFor } from "../tests/lab/wait.ts";
import { residentBytes, serverPid } from "./busy.ts";
import { signedInContext, visit } from "./page-visit.ts";
import { startPeerPage } from "./peer/peer-page.ts";
import { KB, MB, median, percentile, type Row } from "./report.ts";
import { deathToTile } from "./task-death.ts";
import { tapWire } from "./wire-tap.ts";

const SERVICES = 50;
const MINUTE = 60_000;
const VIEWERS = 50;
const DEATHS = 10;
/** Windows in turn, because reads become rarer while the machine is busy with something else. */
const WINDOWS = 3;
const WINDOW_MS = 12_000;
const PEER_MS = 20_000;
const SHOWN = '[data-slot="sea"] [data-task]';

/** Rows that need real engines: 3 nodes, one manager, 50 services with 100 tasks; node1 and node2 are linked, node3 is not. */
export async function benchLab(browser: Browser, say: (text: string) => void): Promise<Row[]> {
  const lab = await startLab({ name: "bench", nodes: 3, managers: 1 });
  const cleanUp: (() => unknown)[] = [() => lab.down()];
  try {
    say(`lab: starting ${SERVICES} services with 2 tasks each`);
    for (let number = 1; number <= SERVICES; number += 1) {
      const name = `stack${number % 7}_service${number}`;
      const flags = ["--detach", "--quiet", "--replicas", "2", "--no-healthcheck", "--name", name];
      await lab.docker("node1", "service", "create", ...flags, "lab/web:1");
    }
    const proxy = await startEngineProxy(lab.socket("node1"));
    cleanUp.unshift(() => proxy.close());
    const shoal = await startShoal({ engines: [proxy.host, lab.host("node2")] });
    cleanUp.unshift(() => shoal.stop());
    const headers = { authorization: `Bearer ${await shoal.token("viewer")}` };
    const first = await watchCluster(shoal.url, headers);
    await waitFor(
      "100 running tasks",
      () =>
        Object.values(first.model().tasks).filter(({ state }) => state === "running").length >= 2 * SERVICES,
      { timeoutMs: 300_000, intervalMs: 500 },
    );
    first.close();
    await pause(15_000); // engines and server come to rest

    const tap = await tapWire(shoal.url);
    cleanUp.unshift(() => tap.close());
    say("lab: the map for the first time");
    const context = await signedInContext(browser, { ...shoal, url: tap.url });
    cleanUp.unshift(() => context.close());
    const page = await context.newPage();
    const seen = await visit(page, `${tap.url}/c/local/map?density=compact`, SHOWN);
    await pause(5_000);

    say("lab: a minute in which nothing changes, one viewer");
    const wireBefore = tap.sockets();
    await pause(MINUTE); // what is measured is bytes per time
    const wire = tap.sockets();
    const resident = await residentBytes(serverPid(shoal.url));
    const calls = await callsByViewers(proxy, () => watchCluster(shoal.url, headers), say);

    say("lab: tasks die");
    const linked: number[] = [];
    const unlinked: number[] = [];
    for (let death = 0; death < DEATHS; death += 1) {
      linked.push(await deathToTile(page, lab.socket("node2")));
      unlinked.push(await deathToTile(page, lab.socket("node3")));
    }

    say("lab: the polling page");
    const peer = await startPeerPage(lab.socket("node1"));
    cleanUp.unshift(() => peer.close());
    const peerTap = await tapWire(peer.url);
    cleanUp.unshift(() => peerTap.close());
    const polling = await context.newPage();
    await polling.goto(peerTap.url);
    await pause(2_000);
    const peerBefore = { wire: peerTap.pages(), calls: peer.calls() };
    await pause(PEER_MS); // see above
    const perMinute = MINUTE / PEER_MS;
    const peerBytes = (peerTap.pages().down - peerBefore.wire.down) * perMinute;
    const peerCalls = (peer.calls() - peerBefore.calls) * perMinute;
    await polling.close();

    say("lab: cold starts");
    await page.close();
    const starts: number[] = [];
    for (let start = 0; start < 3; start += 1) {
      await shoal.kill9();
      const begun = performance.now();
      await shoal.restart();
      starts.push(performance.now() - begun);
    }
    const perDeath = `${DEATHS} kills each, ms after the engine's own die event`;
    return [
      { what: "map, first load: JavaScript until it is shown", value: seen.scriptBytes / KB, unit: "KB", budget: 260, note: "gzip, as sent; 3 nodes, 100 tasks" },
      { what: "… fetched later, when idle", value: seen.laterBytes / KB, unit: "KB", budget: null, note: "dialogs, drawer, toasts, motion" },
      { what: "… style sheets", value: seen.styleBytes / KB, unit: "KB", budget: null, note: "gzip" },
      { what: "… document with the first picture", value: seen.documentBytes / KB, unit: "KB", budget: null, note: "gzip" },
      { what: "… DOM nodes", value: seen.domNodes, unit: "", budget: null },
      { what: "live socket, a minute in which nothing changes", value: (wire.down + wire.up - wireBefore.down - wireBefore.up) / KB, unit: "KB", budget: 2, peer: peerBytes / KB, note: "both directions, on the wire" },
      { what: "engine calls a minute, 1 viewer", value: calls.ofOne, unit: "", budget: null, peer: peerCalls, note: "at the manager's socket, one node without a link" },
      { what: `engine calls a minute, ${VIEWERS} viewers`, value: calls.ofMany, unit: "", budget: calls.ofOne + 10, peer: peerCalls * VIEWERS, note: "budget: as with 1, and one full read; polling: calculated from one tab" },
      { what: "a task dies, its tile changes: linked node, median", value: median(linked), unit: "ms", budget: null, note: perDeath },
      { what: "… p95", value: percentile(linked, 0.95), unit: "ms", budget: 500 },
      { what: "a task dies, its tile changes: node without a link, median", value: median(unlinked), unit: "ms", budget: null, note: perDeath },
      { what: "… p95", value: percentile(unlinked, 0.95), unit: "ms", budget: 1_500 },
      { what: "server memory, 3 nodes, 100 tasks, 1 viewer", value: resident / MB, unit: "MB", budget: 220, note: "resident" },
      { what: "start until it listens", value: median(starts), unit: "ms", budget: null, note: "median of 3, after kill -9" },
    ]; // biome-ignore format: one line per row
  } finally {
    for (const step of cleanUp) await step();
  }
}

/** Engine calls a minute while one viewer looks, and while VIEWERS do. */
async function callsByViewers(proxy: EngineProxy, open: () => Promise<Viewer>, say: (text: string) => void) {
  const counted = { ofOne: 0, ofMany: 0 };
  const during = async () => {
    await pause(2_000); // what opening and closing causes is over
    const before = proxy.calls();
    await pause(WINDOW_MS); // what is measured is calls per time
    return proxy.calls() - before;
  };
  for (let window = 1; window <= WINDOWS; window += 1) {
    say(`lab: engine calls, 1 and ${VIEWERS} viewers, ${window} of ${WINDOWS}`);
    counted.ofOne += await during();
    const crowd = await Promise.all(Array.from({ length: VIEWERS - 1 }, open));
    counted.ofMany += await during();
    for (const viewer of crowd) viewer.close();
  }
  const perMinute = MINUTE / (WINDOWS * WINDOW_MS);
  return { ofOne: Math.round(counted.ofOne * perMinute), ofMany: Math.round(counted.ofMany * perMinute) };
}
