import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { UsageValues } from "#lib/shared/usage/topic.ts";
import { type EngineProxy, startEngineProxy } from "../lab/engine-proxy.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { watchUsage } from "../lab/usage-viewer.ts";
import { waitFor } from "../lab/wait.ts";
import { ask, createService, inspectService, refusal, runningTasks, untilRunning } from "./server-on-lab.ts";

/** What containers, tasks, services and nodes use, against what the engines themselves say. */
let lab: Lab;
let shoal: Shoal;
let proxy: EngineProxy;
let headers: Record<string, string>;

const spin = ["--entrypoint", "sh", "lab/web:1", "-c", "while :; do :; done"];
const sleep = ["--entrypoint", "sh", "lab/web:1", "-c", "exec sleep 100000"];

interface Answer {
  readonly stepMs: number;
  readonly items: readonly { readonly id: string; readonly cpu: UsageValues; readonly memory: UsageValues }[];
  readonly silent: readonly { readonly name: string; readonly why: string }[];
}

beforeAll(async () => {
  lab = await startLab({ name: "usage", nodes: 3, managers: 1 });
  proxy = await startEngineProxy(lab.socket("node1"));
  shoal = await startShoal({ engines: [proxy.host, lab.host("node2")] });
  headers = { authorization: `Bearer ${await shoal.token("viewer")}` };
  const one = ["--no-healthcheck", "--constraint", "node.hostname==node1"];
  await createService(lab, "busy", ...one, "--limit-cpu", "0.4", ...spin);
  await createService(
    lab,
    "idle",
    "--replicas",
    "2",
    "--no-healthcheck",
    "--constraint",
    "node.hostname!=node3",
    ...sleep,
  );
  await untilRunning(shoal, "busy", 1);
  await untilRunning(shoal, "idle", 2);
}, 120_000);
afterAll(async () => {
  await shoal?.stop();
  proxy?.close();
  await lab?.down();
});

const known = (values: Iterable<number | null>) => [...values].filter((value) => value !== null);
const last = (values: UsageValues) => values.findLast((value) => value !== null) ?? null;

/** CPUs and bytes that the engine's own command tells of a container. */
async function dockerStats(node: string, container: string): Promise<{ cpu: number; memory: number }> {
  const line = await lab.docker(
    node,
    "stats",
    "--no-stream",
    "--format",
    "{{.CPUPerc}} {{.MemUsage}}",
    container,
  );
  const [, percent, amount, unit = ""] = /^([\d.]+)% ([\d.]+)([KMG]?i?B)/.exec(line) ?? [];
  const unitBytes = { B: 1, KiB: 1_024, MiB: 1_024 ** 2, GiB: 1_024 ** 3 }[unit] ?? Number.NaN;
  return { cpu: Number(percent) / 100, memory: Number(amount) * unitBytes };
}

describe("numbers", () => {
  test("of a busy and an idle service are near what the engine says", async () => {
    const usage = await waitFor(
      "two samples",
      async () => {
        const answer = await ask<Answer>(shoal, "GET", "/services/busy/usage");
        return known(answer.items[0]?.cpu ?? []).length >= 2 && answer;
      },
      { timeoutMs: 45_000 },
    );
    const [task] = await runningTasks(shoal, "busy");
    const { cpu, memory } = await dockerStats("node1", task?.containerId ?? "");
    const [total, ofTask] = usage.items;
    expect(ofTask?.id).toBe(task?.id);
    expect(last(total?.cpu ?? [])).toBeGreaterThan(cpu - 0.15);
    expect(last(total?.cpu ?? [])).toBeLessThan(cpu + 0.15);
    expect(Math.abs((last(total?.memory ?? []) ?? 0) - memory)).toBeLessThan(2 * 1_024 ** 2);
    const idle = await ask<Answer>(shoal, "GET", "/services/idle/usage");
    expect(idle.items).toHaveLength(3);
    expect(last(idle.items[0]?.cpu ?? [])).toBeLessThan(0.05);
    expect(usage.stepMs).toBe(10_000);
  });

  test("of lists: services, tasks, nodes, containers, stacks", async () => {
    const { ID: id } = await inspectService(lab, "busy");
    const of = (kind: string) =>
      ask<{ items: { id: string; cpu: number | null; memoryBytes: number | null }[] }>(
        shoal,
        "GET",
        `/usage?of=${kind}`,
      );
    const services = (await of("services")).items;
    expect(services.find((item) => item.id === id)?.cpu).toBeGreaterThan(0.2);
    expect((await of("tasks")).items).toHaveLength(3);
    expect((await of("containers")).items).toHaveLength(3);
    expect((await of("stacks")).items).toEqual([]);
    const nodes = await ask<Answer>(shoal, "GET", "/usage");
    expect(nodes.items).toHaveLength(3);
    expect(nodes.silent.map(({ name }) => name)).toEqual(["node3"]);
    expect((await refusal(shoal, "GET", "/usage?of=nonsense")).code).toBe("invalid_input");
    expect((await refusal(shoal, "GET", "/services/nobody/usage")).code).toBe("not_found");
  });

  test("of a node without a link are unknown, and the reason is told", async () => {
    const node = await ask<Answer>(shoal, "GET", "/nodes/node3/usage");
    expect(known(node.items[0]?.cpu ?? [])).toEqual([]);
    expect(node.silent).toMatchObject([{ name: "node3", why: expect.stringContaining("agent") }]);
  });
});

describe("watching", () => {
  test("gives a value a second, shared by all who look, and ends after them", async () => {
    const { ID: id } = await inspectService(lab, "busy");
    const callsIn = async (ms: number) => {
      const before = proxy.calls();
      await pause(ms); // what is measured is calls per time
      return proxy.calls() - before;
    };
    const resting = await callsIn(10_000);
    const scope = { kind: "service", id } as const;
    const first = await watchUsage(shoal.url, headers, scope);
    await waitFor("quick values", () => known(first.values(1_000, id, "cpu").values()).length >= 3);
    // Opened with what was there before anybody looked.
    expect(first.batches[0]?.whole).toBe(true);
    expect(known(first.values(10_000, id, "cpu").values()).length).toBeGreaterThanOrEqual(2);
    const one = await callsIn(10_000);
    const others = await Promise.all(Array.from({ length: 19 }, () => watchUsage(shoal.url, headers, scope)));
    const twenty = await callsIn(10_000);
    console.log(`engine calls in 10 s: ${resting} unwatched, ${one} with 1 viewer, ${twenty} with 20`);
    expect(one).toBeGreaterThan(resting + 3);
    expect(twenty).toBeLessThanOrEqual(one + 5);
    const quick = known(first.values(1_000, id, "cpu").values());
    expect(Math.max(...quick)).toBeLessThan(0.7);
    for (const viewer of [first, ...others]) viewer.close();
    await pause(7_000); // longer than the passes go on for pages that change
    expect(await callsIn(10_000)).toBeLessThanOrEqual(resting + 5);
  });

  test("a container that starts anew leaves no spike", async () => {
    const id = (await lab.docker("node1", "run", "--detach", "--cpus", "0.4", ...spin)).trim();
    const viewer = await watchUsage(shoal.url, headers, { kind: "container", id });
    const quick = () => known(viewer.values(1_000, id, "cpu").values());
    await waitFor("its use", () => quick().length >= 4, { timeoutMs: 40_000 });
    await lab.docker("node1", "restart", "--time", "0", id);
    const before = quick().length;
    await waitFor("its use again", () => quick().length >= before + 4, { timeoutMs: 40_000 });
    expect(Math.max(...quick())).toBeLessThan(0.9);
    expect(Math.min(...quick())).toBeGreaterThanOrEqual(0);
    viewer.close();
    await lab.docker("node1", "rm", "--force", id);
  });
});

test("a node that is lost is a gap and named, and its numbers come back with it", async () => {
  const { ID: id } = await inspectService(lab, "idle");
  const [node] = JSON.parse(await lab.docker("node1", "node", "inspect", "node2")) as [{ ID: string }];
  const viewer = await watchUsage(shoal.url, headers, { kind: "node", id: node.ID });
  const ofService = await watchUsage(shoal.url, headers, { kind: "service", id });
  const slots = () => [...viewer.values(10_000, node.ID, "memory")].sort(([a], [b]) => a - b);
  await waitFor("numbers", () => known(slots().map(([, value]) => value)).length >= 2, { timeoutMs: 40_000 });
  await lab.kill("node2");
  await waitFor(
    "the gap",
    () =>
      slots()
        .slice(-2)
        .every(([, value]) => value === null),
    { timeoutMs: 60_000 },
  );
  const silent = (batches: typeof viewer.batches) => batches.findLast((batch) => batch.silent)?.silent ?? [];
  expect(silent(viewer.batches).map(({ name }) => name)).toEqual(["node2"]);
  expect(silent(ofService.batches).map(({ name }) => name)).toEqual(["node2"]);
  // Nothing ran there at first, which is a zero; from then on there is none, also not where nothing is known.
  const held = known(slots().map(([, value]) => value));
  expect(held.slice(held.findIndex((value) => value > 0))).not.toContain(0);
  // The other node's part of the service goes on.
  expect(known([...ofService.values(10_000, id, "memory").values()].slice(-1))).toHaveLength(1);
  await lab.start("node2");
  await waitFor("numbers again", () => silent(viewer.batches).length === 0, { timeoutMs: 60_000 });
  const all = slots();
  const gap = all.findIndex(([, value], i) => value === null && i > 0 && all[i - 1]?.[1] !== null);
  expect(gap).toBeGreaterThan(0);
  viewer.close();
  ofService.close();
}, 180_000);
