import { startAgentCrowd } from "../tests/lab/agent-crowd.ts";
import { median, type Row } from "./report.ts";

const AGENTS = 50;
const RUNS = 3;

/** How long many agents take to come back after the server was killed and started again, its own start included. */
export async function benchAgents(say: (text: string) => void): Promise<Row[]> {
  const crowd = await startAgentCrowd(AGENTS);
  try {
    await crowd.untilAllConnected();
    const seconds: number[] = [];
    for (let n = 0; n < RUNS; n += 1) {
      say(`tunnel: ${AGENTS} agents come back (${n + 1} of ${RUNS})`);
      await crowd.shoal.kill9();
      const began = performance.now();
      await crowd.shoal.restart();
      await crowd.untilAllConnected();
      seconds.push((performance.now() - began) / 1_000);
    }
    const note = `the slowest of ${RUNS}: ${Math.max(...seconds).toFixed(1)} s; the server's start is part of it`;
    const what = `${AGENTS} agents back after a restart of the server, median`;
    return [{ what, value: median(seconds), unit: "s", budget: 15, note }];
  } finally {
    await crowd.stop();
  }
}
