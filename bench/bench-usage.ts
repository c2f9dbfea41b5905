import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { LinkedNode } from "#lib/server/cluster/nodes/node-engines.ts";
import { NodeUsage } from "#lib/server/usage/node-usage.ts";
import { coarse } from "#lib/server/usage/track.ts";
import { startEngineProxy } from "../tests/lab/engine-proxy.ts";
import { type Lab, startLab } from "../tests/lab/lab.ts";
import { NODE } from "../tests/lab/payload.ts";
import { startShoal } from "../tests/lab/shoal.ts";
import { cpuSeconds } from "./busy.ts";
import { MB, median, type Row } from "./report.ts";

const FEW = 10;
const MANY = 100;
const LOOKS = 10;
const WINDOW_MS = 60_000;
const CONTAINERS = 500;

/** What looking at use costs: on the node by its agent, in the engine without one, and in the server's memory. */
export async function benchUsage(say: (text: string) => void): Promise<Row[]> {
  const lab = await startLab({ name: "bench usage", nodes: 1, managers: 1 });
  try {
    say(`usage: ${FEW}, then ${MANY} containers`);
    await addContainers(lab, 0, FEW);
    const few = await agentCost(lab);
    await addContainers(lab, FEW, MANY);
    const many = await agentCost(lab);
    say("usage: a minute of an engine's own stats");
    const engine = await engineCost(lab);
    const bytes = await memoryOf(CONTAINERS);
    return [
      { what: `agent, one look at ${FEW} containers and the node`, value: few, unit: "ms", budget: null, note: "CPU time, median" },
      { what: `… at ${MANY} containers`, value: many, unit: "ms", budget: 50, note: "6 looks a minute, 60 while watched; never more than 5 % of a CPU" },
      { what: `without an agent: the engine's CPU time for ${MANY} containers`, value: engine.cpu * 1_000, unit: "ms", budget: null, note: "in a minute, 10 s samples, less what it uses without Shoal" },
      { what: "… engine calls a minute", value: engine.calls, unit: "", budget: MANY * 6 + 60 },
      { what: `server memory, ${CONTAINERS} containers × ${coarse.slots} samples`, value: bytes / MB, unit: "MB", budget: 4 },
    ]; // biome-ignore format: one line per row
  } finally {
    await lab.down();
  }
}

async function addContainers(lab: Lab, from: number, to: number): Promise<void> {
  const run = [
    "run",
    "--detach",
    "--network",
    "none",
    "--no-healthcheck",
    "--entrypoint",
    "sleep",
    "lab/web:1",
    "100000",
  ];
  for (let number = from; number < to; number += 1) await lab.docker("node1", ...run);
}

async function agentCost(lab: Lab): Promise<number> {
  const script = join(import.meta.dirname, "../tests/lab/usage-probe.ts");
  const text = await lab.exec("node1", NODE, script, lab.socket("node1"), "1000", String(LOOKS));
  // The first look finds everything out.
  return median((JSON.parse(text) as { costs: number[] }).costs.slice(1));
}

/** What the engine used in a minute more than it does alone, CPU seconds. */
async function engineCost(lab: Lab): Promise<{ cpu: number; calls: number }> {
  const pid = Number(await lab.exec("node1", "pidof", "dockerd"));
  const used = async () => {
    const before = await cpuInside(lab, pid);
    await pause(WINDOW_MS); // what is measured is CPU time per time
    return (await cpuInside(lab, pid)) - before;
  };
  const alone = await used();
  const proxy = await startEngineProxy(lab.socket("node1"));
  const shoal = await startShoal({ engines: [proxy.host] });
  try {
    await pause(15_000); // its first reads are over
    const calls = proxy.calls();
    const cpu = (await used()) - alone;
    return { cpu: Math.max(0, cpu), calls: proxy.calls() - calls };
  } finally {
    await shoal.stop();
    proxy.close();
  }
}

async function cpuInside(lab: Lab, pid: number): Promise<number> {
  return cpuSeconds(await lab.exec("node1", "cat", `/proc/${pid}/stat`));
}

/** What the memory of a server grows by, with a full quarter of an hour of every container. */
async function memoryOf(count: number): Promise<number> {
  let now = 1_000 * coarse.stepMs;
  const rows = Array.from({ length: count }, (_, i) => {
    const id = i.toString(16).padStart(64, "0");
    return { id, name: id.slice(0, 12), taskId: `task${i}`, serviceId: `service${i % 50}`, stack: null };
  });
  const counters = { memoryBytes: 1, rxBytes: 1, txBytes: 1, readBytes: 1, writeBytes: 1 };
  const usage = new NodeUsage({
    node: { id: "node", name: "node" },
    list: async () => rows,
    sourceOf: () => ({
      sample: async (ids) => ({
        containers: ids.map((id) => ({ id, at: now, cpuNanos: now, ...counters })),
        node: null,
      }),
    }),
    now: () => now,
    onError: (error) => {
      throw error;
    },
  });
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const held = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = held();
  const linked = { signal: new AbortController().signal } as unknown as LinkedNode;
  for (let slot = 0; slot < coarse.slots; slot += 1) {
    now += coarse.stepMs;
    await usage.passAll(linked);
  }
  const grown = held() - before;
  if (usage.containers.size !== count) throw new Error("containers were lost");
  return grown;
}
