import { startLab } from "../lab/lab.ts";
import { areas } from "./calls/all.ts";
import { type Comparison, compare } from "./compare.ts";
import type { Recording } from "./recording.ts";
import { recordSimulator } from "./simulated-lab.ts";
import { record } from "./subject.ts";

export interface BothRun {
  readonly lab: Recording;
  readonly sim: Recording;
  readonly comparison: Comparison;
  /** Of the real engine. */
  readonly engine: { readonly version: string; readonly api: string };
}

/** Walks over a real swarm of three nodes and over a simulated one, and compares. The lab is gone afterwards. */
export async function runBoth(tell: (text: string) => void = () => {}): Promise<BothRun> {
  const lab = await startLab({ name: "conformance", nodes: 3, managers: 1 });
  try {
    const sockets = lab.nodes.map(lab.socket);
    const version = JSON.parse(await lab.docker("node1", "version", "--format", "{{json .Server}}")) as {
      readonly Version: string;
      readonly ApiVersion: string;
    };
    const swarm = { sockets, version: "v1.41", killLast: () => lab.kill("node3") };
    const real = await record(swarm, areas, (text) => tell(`lab: ${text}`));
    const sim = await recordSimulator(areas, (text) => tell(`simulator: ${text}`));
    return {
      lab: real,
      sim,
      comparison: compare(real, sim),
      engine: { version: version.Version, api: version.ApiVersion },
    };
  } finally {
    await lab.down();
  }
}
