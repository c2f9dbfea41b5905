import { type Profile, profiles } from "#lib/sim/profiles/profile.ts";
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
  readonly profile: Profile;
}

/** The profile that plays an engine: the newest one that is not newer. */
function profileOf(engineVersion: string): Profile {
  const [major = 0] = engineVersion.split(".").map(Number);
  return major >= 29 ? profiles["29"] : major >= 26 ? profiles["26"] : profiles["20.10"];
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
    const profile = profileOf(version.Version);
    const swarm = { sockets, version: `v${profile.apiVersion}`, killLast: () => lab.kill("node3") };
    const real = await record(swarm, areas, (text) => tell(`lab: ${text}`));
    const sim = await recordSimulator(areas, profile, (text) => tell(`simulator: ${text}`));
    return {
      lab: real,
      sim,
      comparison: compare(real, sim),
      engine: { version: version.Version, api: version.ApiVersion },
      profile,
    };
  } finally {
    await lab.down();
  }
}
