import { afterAll, beforeAll, expect, test } from "vitest";
import type { ClientFrame } from "#lib/shared/topics.ts";
import { waitFor } from "../lab/wait.ts";
import { type RestlessSwarm, startRestlessSwarm } from "./restless-swarm.ts";
import { openRudeSocket } from "./rude-socket.ts";
import { openTab } from "./tab.ts";

let swarm: RestlessSwarm;

beforeAll(async () => {
  swarm = await startRestlessSwarm({ services: 60, tasks: 600 });
});
afterAll(() => swarm.close());

const subscribe: ClientFrame = { type: "subscribe", sub: 1, topic: "cluster", cluster: "local" };
const again: ClientFrame = { type: "resync", sub: 1 };
/** Refused each time, since the number is taken. */
const refused = subscribe;
/** Means nothing; whoever was cut off learns of it by sending something. */
const nothing: ClientFrame = { type: "unsubscribe", sub: 9 };

test("sixty sockets that ask and never read cost the server little, nobody else anything, and are ended", async () => {
  const calm = await swarm.settled();
  const tab = openTab(swarm.shoal.url, swarm.headers, calm);
  const sockets = swarm.openSockets();
  const before = await swarm.insight.held();
  const rude = Array.from({ length: 60 }, () => openRudeSocket(swarm.shoal.url, swarm.headers));
  await waitFor("all to be let in", () => swarm.openSockets() >= sockets + 60);
  for (const [index, socket] of rude.entries()) {
    socket.ask(subscribe);
    // Whole pictures by the thousand from some, refusals from the others.
    if (index < 30) socket.ask(...Array.from({ length: 1_000 }, () => again));
    else socket.ask(...Array.from({ length: 3_000 }, () => refused));
  }
  swarm.churn(10);
  let most = before;
  const seen = { deltas: tab.frames("delta"), at: performance.now(), longest: 0 };
  await waitFor(
    "the server to end them all",
    async () => {
      most = Math.max(most, await swarm.insight.held());
      const deltas = tab.frames("delta");
      if (deltas > seen.deltas) Object.assign(seen, { deltas, at: performance.now() });
      seen.longest = Math.max(seen.longest, performance.now() - seen.at);
      for (const socket of rude) if (!socket.isEnded()) socket.ask(nothing);
      const left = rude.filter((socket) => !socket.isEnded()).length;
      if (left > 0) throw new Error(`${left} are open; ${Math.round(most - before)} MB more than before`);
      return true;
    },
    { timeoutMs: 80_000, intervalMs: 3_000 },
  );
  expect(most - before, "MB more than before, at most").toBeLessThan(100);
  expect(seen.longest, "the longest time in which somebody else was told nothing, ms").toBeLessThan(15_000);
  expect(tab.sockets(), "sockets of the tab").toBe(1);
  swarm.churn(0);
  await swarm.settled();
  await waitFor("the tab to show the swarm as it is", () => tab.model().seq === swarm.truth().seq);
  expect(tab.model()).toEqual(swarm.truth());
  // Connections to engines come and go; sixty would be seen.
  await waitFor("their sockets to be closed", () => swarm.openSockets() <= sockets + 10);
  tab.leave();
});
