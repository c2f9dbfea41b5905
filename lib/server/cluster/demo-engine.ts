import type { EngineAddress } from "#lib/server/config/engine-address.ts";
import type { SimAddress } from "#lib/sim/start-simulator.ts";
// The one door to lib/sim: everything else meets the demo as an engine with an address.
import { startBranchSimulator, startSimulator } from "#lib/sim/start-simulator.ts";

/** How big the demo cluster is. */
export interface DemoSize {
  /** 3 to 50. */
  readonly nodes: number;
  /** About how many, up to 2,000. */
  readonly tasks: number;
}

/** The clusters of the demo by id: the one that is opened, and the small one of a branch office beside it. */
export const demoIds = { main: "demo", branch: "demo-branch" } as const;

interface DemoCluster {
  readonly id: string;
  readonly name: string;
  /** Of every node, managers first. */
  readonly addresses: readonly EngineAddress[];
}

/** Simulated engines inside this process, reached like any other. The caller closes them. */
export interface DemoEngines {
  readonly clusters: readonly DemoCluster[];
  close(): Promise<void>;
}

/** Starts the simulated engines on private sockets. Rejects when a socket cannot be made. */
export async function startDemoEngines(size: DemoSize): Promise<DemoEngines> {
  const main = await startSimulator(size);
  const branch = await startBranchSimulator().catch(async (error: unknown) => {
    await main.close();
    throw error;
  });
  return {
    clusters: [
      { id: demoIds.main, name: "demo", addresses: main.addresses.map(engineAt) },
      { id: demoIds.branch, name: "branch", addresses: branch.addresses.map(engineAt) },
    ],
    close: async () => void (await Promise.all([main.close(), branch.close()])),
  };
}

function engineAt(address: SimAddress): EngineAddress {
  const name = "the simulated engine";
  return address.kind === "unix" ? { ...address, name } : { ...address, tls: false, name };
}
