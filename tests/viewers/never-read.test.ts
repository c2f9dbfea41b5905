import { afterAll, beforeAll, expect, test } from "vitest";
import type { ClientFrame } from "#lib/shared/topics.ts";
import { waitFor } from "../lab/wait.ts";
import { type RestlessSwarm, startRestlessSwarm } from "./restless-swarm.ts";
import { openRudeSocket } from "./rude-socket.ts";
import { openTab } from "./tab.ts";

let swarm: RestlessSwarm;

beforeAll(async () => {
  swarm = await startRestlessSwarm({ services: 100, tasks: 2_000 });
});
afterAll(() => swarm.close());

const subscribe: ClientFrame = { type: "subscribe", sub: 1, topic: "cluster", cluster: "local" };
const again: ClientFrame = { type: "resync", sub: 1 };
/** Refused each time, since the number is taken. */
const refused = subscribe;

test("sixty sockets that ask and never read cost the server little, nobody else anything, and are ended", async () => {
  const calm = await swarm.settled();
  const tab = openTab(swarm.shoal.url, swarm.headers, calm);
  const sockets = swarm.openSockets();
  const memory = swarm.memory();
  const rude = Array.from({ length: 60 }, () => openRudeSocket(swarm.shoal.url, swarm.headers));
  await waitFor("all to be let in", () => swarm.openSockets() >= sockets + 60);
  for (const [index, socket] of rude.entries()) {
    socket.ask(subscribe);
    // Whole pictures by the thousand from some, refusals by the ten thousand from the others.
    if (index < 30) socket.ask(...Array.from({ length: 1_000 }, () => again));
    else socket.ask(...Array.from({ length: 10_000 }, () => refused));
  }
  swarm.churn(10);
  let most = memory;
  const seen = { deltas: tab.frames("delta"), at: performance.now(), longest: 0 };
  await waitFor(
    "the server to end them all",
    () => {
      most = Math.max(most, swarm.memory());
      const deltas = tab.frames("delta");
      if (deltas > seen.deltas) Object.assign(seen, { deltas, at: performance.now() });
      seen.longest = Math.max(seen.longest, performance.now() - seen.at);
      for (const socket of rude) if (!socket.isEnded()) socket.ask(again);
      const left = rude.filter((socket) => !socket.isEnded()).length;
      if (left > 0) throw new Error(`${left} are open; ${Math.round(most - memory)} MB more than before`);
      return true;
    },
    { timeoutMs: 80_000, intervalMs: 200 },
  );
  expect(most - memory, "MB more than before, at most").toBeLessThan(200);
  expect(seen.longest, "the longest time in which somebody else was told nothing, ms").toBeLessThan(5_000);
  expect(tab.sockets(), "sockets of the tab").toBe(1);
  swarm.churn(0);
  const truth = await swarm.settled();
  await waitFor("the tab to show the swarm as it is", () => tab.model().seq === truth.seq);
  expect(tab.model()).toEqual(truth);
  expect(swarm.openSockets()).toBeLessThanOrEqual(sockets + 2);
  tab.leave();
});
