import { setTimeout as pause } from "node:timers/promises";
import type { Engine } from "#lib/server/docker/engine.ts";
import { startLab } from "../tests/lab/lab.ts";
import { bigContainer, startTunnelOnLab } from "../tests/lab/tunnel-on-lab.ts";
import { MB, median, percentile, type Row } from "./report.ts";

const CALLS = 200;
const EXPORTS = 3;
const STALLED = 6;

/** What the way through an agent costs against the socket itself, both in one run. */
export async function benchTunnel(say: (text: string) => void): Promise<Row[]> {
  const lab = await startLab({ name: "bench tunnel", nodes: 1, managers: 1 });
  try {
    const big = await bigContainer(lab, "node1", 200);
    const { agent, direct, tunnel, close } = await startTunnelOnLab(lab, "node1");
    try {
      say("tunnel: lists");
      const idle = agent.memory() / MB;
      // In turns, so that what else the machine does meets both.
      const [socketMs, tunnelMs]: [number[], number[]] = [[], []];
      for (let n = 0; n < CALLS; n += 1) {
        socketMs.push(await timeOf(() => direct.get("/containers/json")));
        tunnelMs.push(await timeOf(() => tunnel.get("/containers/json")));
      }
      say("tunnel: exports");
      const [socketRate, tunnelRate]: [number[], number[]] = [[], []];
      for (let n = 0; n < EXPORTS; n += 1) {
        socketRate.push(await exportRate(direct, big));
        tunnelRate.push(await exportRate(tunnel, big));
      }
      const stop = new AbortController();
      for (let n = 0; n < STALLED; n += 1) {
        const chunks = tunnel.stream(`/containers/${big}/export`, { signal: stop.signal });
        await chunks[Symbol.asyncIterator]().next();
      }
      await pause(3_000); // until every window is full
      const stalled = agent.memory() / MB;
      stop.abort();
      const rate = median(tunnelRate);
      return [
        { what: "containers/json over the tunnel, median", value: median(tunnelMs), unit: "ms", budget: Math.max(3 * median(socketMs), median(socketMs) + 2), note: `${CALLS} calls in turns; the socket itself: median ${median(socketMs).toFixed(2)} ms; budget 3× and 2 ms more` },
        { what: "… p95", value: percentile(tunnelMs, 0.95), unit: "ms", budget: null, note: `the socket itself: ${percentile(socketMs, 0.95).toFixed(2)} ms` },
        { what: "export of 200 MB over the tunnel, ms for 1 MB", value: 1_000 / rate, unit: "ms", budget: 1_000 / 40, note: `${rate.toFixed(0)} MB/s; the socket itself ${median(socketRate).toFixed(0)} MB/s; budget 40 MB/s` },
        { what: "agent memory, connected and idle", value: idle, unit: "MB", budget: 70 },
        { what: `agent memory, ${STALLED} stalled exports`, value: stalled, unit: "MB", budget: 130 },
      ]; // biome-ignore format: one line per row
    } finally {
      await close();
    }
  } finally {
    await lab.down();
  }
}

async function timeOf(call: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await call();
  return performance.now() - began;
}

/** MB of 1,024 KB a second. */
async function exportRate(engine: Engine, container: string): Promise<number> {
  let bytes = 0;
  const signal = new AbortController().signal;
  const began = performance.now();
  for await (const chunk of engine.stream(`/containers/${container}/export`, { signal }))
    bytes += chunk.length;
  return bytes / MB / ((performance.now() - began) / 1_000);
}
