import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { usageSample } from "#lib/shared/usage/counters.ts";
import { ratesBetween } from "#lib/shared/usage/rates.ts";
import { startAgentsOnLab } from "../lab/agents-on-lab.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { NODE } from "../lab/payload.ts";
import { watchUsage } from "../lab/usage-viewer.ts";
import { waitFor } from "../lab/wait.ts";

/** The agent's own look at use, inside a node of the lab, against `docker stats`. */
let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ name: "agent usage", nodes: 1, managers: 1 });
}, 120_000);
afterAll(() => lab?.down());

const run = (name: string, script: string, ...options: string[]) =>
  lab.docker(
    "node1",
    "run",
    "--detach",
    "--name",
    name,
    ...options,
    "--entrypoint",
    "sh",
    "lab/web:1",
    "-c",
    script,
  );

async function probe(pauseMs: number, looks: number) {
  const script = join(import.meta.dirname, "../lab/usage-probe.ts");
  const text = await lab.exec("node1", NODE, script, lab.socket("node1"), String(pauseMs), String(looks));
  const { samples, costs } = JSON.parse(text) as { samples: unknown[]; costs: number[] };
  return { samples: samples.map((sample) => usageSample.parse(sample)), costs };
}

test("containers and the node, as the engine and the kernel know them", async () => {
  const busy = (await run("busy", "while :; do :; done", "--cpus", "0.4")).trim();
  const held = "dd if=/dev/zero of=/dev/shm/held bs=1M count=40; exec sleep 100000";
  const large = (await run("large", held, "--shm-size", "64m")).trim();
  const host = (await run("host", "exec sleep 100000", "--network", "host")).trim();
  const own = (await run("own", "exec sleep 100000", "--cgroup-parent", "/other-place")).trim();
  const { samples, costs } = await probe(3_000, 2);
  const stats = await lab.docker(
    "node1",
    "stats",
    "--no-stream",
    "--format",
    "{{.Name}} {{.CPUPerc}} {{.MemUsage}}",
  );
  const said = (name: string) => new RegExp(`^${name} ([\\d.]+)% ([\\d.]+)([KM])iB`, "m").exec(stats) ?? [];
  const [first, second] = samples;
  const rates = (id: string) => {
    const [before, now] = [first, second].map((sample) => sample?.containers.find((each) => each.id === id));
    if (!before || !now) throw new Error(`${id} was not seen`);
    return ratesBetween(before, now);
  };
  expect(second?.containers.map(({ id }) => id).sort()).toEqual([busy, large, host, own].sort());
  expect(Math.abs(rates(busy)[0] - Number(said("busy")[1]) / 100)).toBeLessThan(0.12);
  expect(rates(own)[0]).toBeLessThan(0.05);
  const megabytes = Number(said("large")[2]);
  expect(megabytes).toBeGreaterThan(39);
  expect(Math.abs(rates(large)[1] / 1_024 ** 2 - megabytes)).toBeLessThan(2);
  expect(second?.containers.find(({ id }) => id === host)).toMatchObject({ rxBytes: null, txBytes: null });
  expect(second?.containers.find(({ id }) => id === busy)?.rxBytes).toBeGreaterThanOrEqual(0);
  expect(second?.node?.memoryBytes).toBeGreaterThan(second?.node?.memoryUsedBytes ?? 0);
  expect(second?.node?.disk?.bytes).toBeGreaterThan(0);
  const elapsed = ((second?.node?.at ?? 0) - (first?.node?.at ?? 0)) * 1e6;
  const busyCpus = ((second?.node?.cpuBusyNanos ?? 0) - (first?.node?.cpuBusyNanos ?? 0)) / elapsed;
  expect(busyCpus).toBeGreaterThan(0.3);
  expect(busyCpus).toBeLessThanOrEqual((second?.node?.cpus ?? 0) + 0.1);
  expect(costs.at(-1)).toBeLessThan(20);
});

test("asked without a pause it looks only as often as costs 5 % of a CPU", async () => {
  const { samples } = await probe(0, 40);
  const looks = new Set(samples.map((sample) => sample.node?.at));
  expect(samples).toHaveLength(40);
  expect(looks.size).toBeLessThan(20);
});

test("through the tunnel the server knows the node's load and disk, and every second while somebody looks", async () => {
  const id = (await run("watched", "while :; do :; done", "--cpus", "0.4")).trim();
  const here = await startAgentsOnLab(lab);
  try {
    const headers = { authorization: `Bearer ${await here.shoal.token("viewer")}` };
    const { items } = (await here.shoal.api("GET", "/api/v1/clusters/local/nodes")).body as {
      items: { id: string }[];
    };
    const node = items[0]?.id ?? "";
    const viewer = await watchUsage(here.shoal.url, headers, { kind: "node", id: node });
    const known = (stepMs: number, metric: "cpu" | "load" | "disk" | "memory") =>
      [...viewer.values(stepMs, node, metric).values()].filter((value) => value !== null);
    await waitFor("numbers of the node itself", () => known(10_000, "cpu").length >= 2, {
      timeoutMs: 60_000,
    });
    expect(known(10_000, "load").at(-1)).toBeGreaterThan(0);
    expect(known(10_000, "disk").at(-1)).toBeGreaterThan(0);
    expect(known(10_000, "memory").at(-1)).toBeGreaterThan(50 * 1_024 ** 2);
    const facts = viewer.batches.findLast((batch) => batch.node)?.node;
    expect(facts).toMatchObject({ from: "node", cpus: expect.any(Number), load: expect.any(Array) });
    viewer.close();
    const container = await watchUsage(here.shoal.url, headers, { kind: "container", id });
    const quick = () => [...container.values(1_000, id, "cpu")].filter(([, value]) => value !== null);
    await waitFor("a value every second", () => quick().length >= 6, { timeoutMs: 30_000 });
    const slots = quick()
      .map(([slot]) => slot)
      .sort((a, b) => a - b)
      .slice(-6);
    expect((slots.at(-1) ?? 0) - (slots[0] ?? 0)).toBe(5);
    const most = Math.max(...quick().map(([, value]) => value ?? 0));
    expect(most).toBeGreaterThan(0.1);
    expect(most).toBeLessThan(0.7);
    container.close();
  } finally {
    await here.stop();
  }
}, 180_000);
