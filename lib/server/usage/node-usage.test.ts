import { beforeEach, describe, expect, test } from "vitest";
import type { LinkedNode } from "#lib/server/cluster/nodes/node-engines.ts";
import { AppError } from "#lib/shared/errors.ts";
import type { ContainerCounters, NodeCounters, UsageSample } from "#lib/shared/usage/counters.ts";
import type { UsageScope } from "#lib/shared/usage/topic.ts";
import type { UsageContainer } from "./list-containers.ts";
import { NodeUsage } from "./node-usage.ts";
import { coarse } from "./track.ts";
import { listBatch, mapBatch, oneBatch } from "./usage-batches.ts";

const step = coarse.stepMs;
const linked = { signal: new AbortController().signal } as unknown as LinkedNode;

/** A node whose containers use what the test says; time passes in whole steps. */
class FakeNode {
  now = 1_000 * step;
  listed: UsageContainer[] = [];
  /** CPUs in use since the last reading, and bytes held now. */
  uses: Record<string, readonly [cpu: number, memory: number]> = {};
  host: { cpu: number; memory: number } | null = null;
  broken = false;
  private readonly spent: Record<string, number> = {};
  private hostNanos = 0;
  readonly usage: NodeUsage;

  constructor(id: string) {
    this.usage = new NodeUsage({
      node: { id, name: id },
      list: async () => this.listed,
      sourceOf: () => ({ sample: async (ids) => this.sample(ids) }),
      now: () => this.now,
      onError: (error) => {
        throw error;
      },
    });
  }

  run(id: string, taskId: string, serviceId: string, stack: string | null = null): void {
    this.listed = [...this.listed, { id: id.padEnd(12, "0"), name: id, taskId, serviceId, stack }];
    this.usage.containersChanged();
  }

  async pass(steps = 1): Promise<void> {
    this.now += steps * step;
    for (const [id, [cpu]] of Object.entries(this.uses)) {
      this.spent[id] = (this.spent[id] ?? 0) + cpu * steps * step * 1e6;
    }
    this.hostNanos += (this.host?.cpu ?? 0) * steps * step * 1e6;
    await this.usage.passAll(linked);
  }

  private sample(ids: readonly string[]): UsageSample {
    if (this.broken) throw new AppError("engine_timeout", "it does not answer");
    return { containers: ids.map((id) => this.counters(id)), node: this.hostCounters() };
  }

  private counters(id: string): ContainerCounters {
    const name = id.replace(/0+$/, "");
    const memoryBytes = this.uses[name]?.[1] ?? 0;
    const none = { rxBytes: null, txBytes: null, readBytes: null, writeBytes: null };
    return { id, at: this.now, cpuNanos: this.spent[name] ?? 0, memoryBytes, ...none };
  }

  private hostCounters(): NodeCounters | null {
    if (this.host === null) return null;
    return {
      at: this.now,
      cpus: 4,
      cpuBusyNanos: this.hostNanos,
      memoryBytes: 1_000,
      memoryUsedBytes: this.host.memory,
      load: [1.5, 1, 0.5],
      uptimeSeconds: 60,
      disk: { bytes: 100, usedBytes: 40 },
    };
  }
}

let first: FakeNode;
let second: FakeNode;
const request = (count?: number) => ({
  nodes: new Map([first, second].map(({ usage }) => [usage.id, usage])),
  now: first.now,
  ...(count !== undefined && { count }),
});
const both = async (steps = 1) => void (await Promise.all([first.pass(steps), second.pass(steps)]));
const one = (kind: "node" | "service" | "stack" | "task", id: string, count: number) =>
  oneBatch({ kind, id } as Extract<UsageScope, { id: string }>, coarse, request(count)).series;

beforeEach(() => {
  first = new FakeNode("n1");
  second = new FakeNode("n2");
  first.run("a", "t1", "web", "shop");
  first.run("b", "t2", "db", "shop");
  second.run("c", "t3", "web", "shop");
  second.run("d", "t4", "lone");
  first.uses = { a: [0.5, 100], b: [0.1, 10] };
  second.uses = { c: [1, 200], d: [0, 1] };
});

describe("sums over containers", () => {
  test("of a service over nodes, with its tasks; of a stack, with its services; of a task; of a node", async () => {
    await both();
    await both();
    const web = one("service", "web", 1);
    expect(web.web?.slice(0, 2)).toEqual([[1.5], [300]]);
    expect(web.t1?.slice(0, 2)).toEqual([[0.5], [100]]);
    expect(web.t3?.slice(0, 2)).toEqual([[1], [200]]);
    const shop = one("stack", "shop", 1);
    expect(shop.shop?.slice(0, 2)).toEqual([[1.6], [310]]);
    expect(shop.db?.slice(0, 2)).toEqual([[0.1], [10]]);
    expect(one("task", "t2", 1).t2?.slice(0, 2)).toEqual([[0.1], [10]]);
    expect(one("node", "n2", 1).n2?.slice(0, 2)).toEqual([[1], [201]]);
  });

  test("what nobody counts is a gap, not zero", async () => {
    await both();
    await both();
    expect(one("service", "web", 1).web?.slice(2)).toEqual([[null], [null], [null], [null]]);
    expect(one("service", "nobody", 2).nobody?.[0]).toEqual([null, null]);
  });

  test("a task that ended is part of what its service used, and of nothing after that", async () => {
    await both();
    await both();
    second.listed = second.listed.filter(({ taskId }) => taskId !== "t3");
    second.usage.containersChanged();
    await both();
    expect(one("service", "web", 2).web?.[0]).toEqual([1.5, 0.5]);
  });
});

describe("a node", () => {
  test("that does not answer leaves a gap and says why; what others use goes on", async () => {
    await both();
    await both();
    second.broken = true;
    for (let i = 0; i < 6; i += 1) await both();
    expect(second.usage.silent).toBe("it does not answer");
    expect(one("node", "n2", 7).n2?.[1]).toEqual([201, null, null, null, null, null, null]);
    expect(one("service", "web", 1).web?.[0]).toEqual([0.5]);
    expect(mapBatch(true, request()).series).toMatchObject({ n2: [[null], [null]], t3: [[null], [null]] });
    second.broken = false;
    await both();
    await both();
    expect(second.usage.silent).toBeNull();
    expect(one("node", "n2", 8).n2?.[0]).toEqual([null, null, null, null, null, null, null, 1]);
  });

  test("with an agent tells its own numbers instead of a sum", async () => {
    first.host = { cpu: 3, memory: 700 };
    await both();
    await both();
    const [cpu, memory, , , , , load, disk] = one("node", "n1", 1).n1 ?? [];
    expect([cpu, memory, load, disk]).toEqual([[3], [700], [1.5], [40]]);
    expect(first.usage.facts).toMatchObject({ from: "node", cpus: 4, diskBytes: 100 });
    expect(second.usage.facts?.from).toBe("containers");
  });

  test("without containers uses nothing, which is not a gap", async () => {
    first.listed = [];
    first.usage.containersChanged();
    await both();
    expect(one("node", "n1", 1).n1?.slice(0, 2)).toEqual([[0], [0]]);
  });

  test("keeps no more than so many ended containers, and none for longer than its charts", async () => {
    for (let i = 0; i < 600; i += 1) {
      first.listed = [];
      first.run(`e${i}e`, `task${i}`, "loop");
      await first.pass(0);
    }
    expect(first.usage.containers.size).toBeLessThanOrEqual(502);
    await first.pass(100);
    first.usage.containersChanged();
    await first.pass();
    expect(first.usage.containers.size).toBe(1);
  });
});

test("tables get half minutes: the mean of what is known", async () => {
  await both();
  first.uses = { ...first.uses, a: [0.2, 100] };
  for (let i = 0; i < 6; i += 1) await both();
  const { series, stepMs } = listBatch({ kind: "services" }, request(1));
  expect(stepMs).toBe(30_000);
  expect(series.web?.[0]?.[0]).toBeCloseTo(1.2);
  expect(Object.keys(series).sort()).toEqual(["db", "lone", "web"]);
  expect(Object.keys(listBatch({ kind: "stacks" }, request(1)).series)).toEqual(["shop"]);
  expect(Object.keys(listBatch({ kind: "containers" }, request(1)).series)).toHaveLength(4);
});
