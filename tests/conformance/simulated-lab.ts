import { machineClock } from "#lib/sim/clock.ts";
import type { Profile } from "#lib/sim/profiles/profile.ts";
import { serveSwarm } from "#lib/sim/start-simulator.ts";
import { labSwarm } from "#lib/sim/testing/lab-swarm.ts";
import type { Recording } from "./recording.ts";
import type { Area } from "./subject.ts";
import { record } from "./subject.ts";

/** Records the walks over a simulated swarm that is set up as the lab is. */
export async function recordSimulator(
  areas: Readonly<Record<string, Area>>,
  profile: Profile,
  tell?: (text: string) => void,
): Promise<Recording> {
  const clock = machineClock();
  const swarm = labSwarm(clock.now());
  const { addresses, close } = await serveSwarm(swarm, { clock, profile: profile.name });
  const nodes = [...swarm.world.nodes.values()];
  const sockets = addresses.map((address) => (address.kind === "unix" ? address.path : ""));
  const killLast = async () => {
    const last = nodes.at(-1);
    if (last) swarm.cutPower(last);
  };
  try {
    return await record({ sockets, version: `v${profile.apiVersion}`, killLast }, areas, tell);
  } finally {
    await close();
  }
}
