import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EngineProxy, startEngineProxy } from "../tests/lab/engine-proxy.ts";
import { type Shoal, startShoal } from "../tests/lab/shoal.ts";
import { type Viewer, watchCluster } from "../tests/lab/viewer.ts";
import { waitFor } from "../tests/lab/wait.ts";
import { cpuSeconds, serverPid } from "./busy.ts";

/** A swarm's size, and how much happens in it. */
export interface Size {
  readonly nodes: number;
  readonly services: number;
  /** That run. */
  readonly tasks: number;
  /** Finished tasks that each place keeps. */
  readonly history: number;
  /** Tasks that are replaced in a second. */
  readonly churn: number;
}

const history = 4;
/** The sizes that things are measured at, each with its finished tasks. */
export const sizes = {
  S: { nodes: 3, services: 10, tasks: 30, history },
  M: { nodes: 3, services: 50, tasks: 150, history },
  L: { nodes: 20, services: 200, tasks: 1_000, history },
  XL: { nodes: 30, services: 300, tasks: 2_000, history },
  XXL: { nodes: 300, services: 2_000, tasks: 20_000, history },
} as const;

/** More than anybody has: it must start, be right and answer. */
export const huge = { nodes: 1_000, services: 5_000, tasks: 50_000, history: 1 } as const;

/** Shoal in front of a simulated swarm; the simulator is a process of its own. */
export interface Simulated {
  readonly shoal: Shoal;
  readonly socketPath: string;
  readonly proxy: EngineProxy;
  /** From Shoal's start until a viewer had every task, ms. */
  readonly readyMs: number;
  watch(): Promise<Viewer>;
  /** Scales a service by one; answers the bytes of the deltas that a viewer gets until the new task runs. */
  scaledBytes(): Promise<number>;
  /** CPU time of the server so far, seconds. */
  serverCpu(): number;
}

/** Runs something with Shoal in front of a simulated swarm of a size. */
export async function withSimulated<T>(size: Size, use: (simulated: Simulated) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "shoal-bench-"));
  const socketPath = join(folder, "docker.sock");
  const simulator = await startSimulator(size, socketPath);
  const cleanUp: (() => unknown)[] = [() => simulator.kill(), () => rmSync(folder, { recursive: true })];
  try {
    const proxy = await startEngineProxy(socketPath);
    cleanUp.unshift(() => proxy.close());
    const begun = performance.now();
    const shoal = await startShoal({ engines: [proxy.host] });
    cleanUp.unshift(() => shoal.stop());
    const headers = { authorization: `Bearer ${await shoal.token("viewer", "bench")}` };
    const watch = () => watchCluster(shoal.url, headers);
    const first = await watch();
    await waitFor("every task", () => Object.keys(first.model().tasks).length >= size.tasks * 0.95, {
      timeoutMs: 300_000,
    });
    first.close();
    const readyMs = performance.now() - begun;
    const pid = serverPid(shoal.url);
    const serverCpu = () => cpuSeconds(readFileSync(`/proc/${pid}/stat`, "utf8"));
    const scaledBytes = () => scaleByOne(shoal, watch);
    return await use({ shoal, socketPath, proxy, readyMs, watch, scaledBytes, serverCpu });
  } finally {
    for (const step of cleanUp) await step();
  }
}

async function scaleByOne(shoal: Shoal, watch: () => Promise<Viewer>): Promise<number> {
  const viewer = await watch();
  await waitFor("a picture", () => viewer.pictures.length > 0);
  const service = Object.values(viewer.model().services).find(({ mode }) => mode === "replicated");
  if (!service) throw new Error("no service to scale");
  const running = () =>
    Object.values(viewer.model().tasks).filter(
      (task) => task.serviceId === service.id && task.state === "running" && task.desired === "running",
    ).length;
  const [before, seen] = [running(), viewer.frames.length];
  const answer = await fetch(`${shoal.url}/api/v1/clusters/local/services/${service.id}/scale`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${await shoal.token("operator", "bench-scale")}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ replicas: before + 1 }),
  });
  if (!answer.ok) throw new Error(`scaling answered ${answer.status}: ${await answer.text()}`);
  await waitFor("one more task", () => running() > before, { timeoutMs: 60_000 });
  viewer.close();
  return Buffer.byteLength(viewer.frames.slice(seen).join(""));
}

/** Starts the simulator; resolves when it listens. Its owner kills it. */
async function startSimulator(size: Size, socketPath: string) {
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, "../lib/sim/cli.ts"),
      ...["--nodes", size.nodes, "--services", size.services, "--tasks", size.tasks].map(String),
      ...["--history", size.history, "--churn", `${size.churn}/s`].map(String),
      ...["--listen", `unix://${socketPath}`],
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await new Promise<void>((resolve, reject) => {
    child.stdout.once("data", () => resolve());
    child.once("exit", (code) => reject(new Error(`the simulator ended with exit code ${code}`)));
  });
  return child;
}
