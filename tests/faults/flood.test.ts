import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { waitFor } from "../lab/wait.ts";
import { askEngine } from "./raw-engine.ts";
import { agreed, type Rig, startRig } from "./rig.ts";

/** 5,000 events a second, of containers of tasks and of what nobody follows. */
const floodMs = 10_000;

let rig: Rig;

beforeAll(async () => {
  rig = await startRig({ seed: 9, nodes: 3, linked: 3, services: 10, tasks: 60 });
});
afterAll(() => rig?.close());

const total = () =>
  rig.engines.reduce((sum, engine) => sum + [...engine.calls().values()].reduce((a, b) => a + b, 0), 0);

/** CPU time of the server so far, seconds. */
function cpu(): number {
  const words = readFileSync(`/proc/${rig.shoal.pid()}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(words[11]) + Number(words[12])) / 100;
}

/** Resident memory of the server, MB. */
function memory(): number {
  const status = readFileSync(`/proc/${rig.shoal.pid()}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

test("a flood costs the engine no read for each event, the server no memory, and the page no change", async () => {
  const [before, calls, busy] = [memory(), total(), cpu()];
  const began = performance.now();
  rig.engines[0]?.flood(floodMs);
  const shownAfter: number[] = [];
  let most = before;
  while (performance.now() - began < floodMs - 1_500) {
    const [service] = rig.swarm.world.services.values();
    if (!service) throw new Error("no service");
    const replicas = (service.spec.Mode.Replicated?.Replicas ?? 0) + 1;
    const spec = { ...service.spec, Mode: { Replicated: { Replicas: replicas } } };
    await askEngine(rig.manager, "POST", `/services/${service.id}/update?version=${service.index}`, spec);
    const asked = performance.now();
    const isShown = () => rig.viewer.model().services[service.id]?.replicas === replicas;
    await waitFor("the change, in the middle of the flood", isShown, { timeoutMs: 10_000, intervalMs: 20 });
    shownAfter.push(performance.now() - asked);
    most = Math.max(most, memory());
  }
  const slowest = Math.round(Math.max(...shownAfter));
  const perSecond = (total() - calls) / ((performance.now() - began) / 1_000);
  const share = ((cpu() - busy) / (performance.now() - began)) * 100_000;
  await agreed(rig, 15_000);
  most = Math.max(most, memory());
  process.stdout.write(
    `flood: ${perSecond.toFixed(1)} calls/s, changes shown within ${slowest} ms, ${before.toFixed(0)} MB before, ${most.toFixed(0)} MB at most, ${share.toFixed(0)} % of a core\n`,
  );
  expect(perSecond).toBeLessThan(80);
  expect(slowest).toBeLessThan(1_500);
  expect(most - before).toBeLessThan(250);
});
