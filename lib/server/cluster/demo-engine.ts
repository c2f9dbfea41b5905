import type { EngineAddress } from "#lib/server/config/engine-address.ts";
// The one door to lib/sim: everything else meets the demo as an engine with an address.
import { startSimulator } from "#lib/sim/start-simulator.ts";

/** How big the demo cluster is. */
export interface DemoSize {
  /** 3 to 50. */
  readonly nodes: number;
  /** About how many, up to 2,000. */
  readonly tasks: number;
}

/** Simulated engines inside this process, reached like any other. The caller closes them. */
export interface DemoEngines {
  /** Of every node, managers first. */
  readonly addresses: readonly EngineAddress[];
  close(): Promise<void>;
}

/** Starts the simulated engines on private sockets. Rejects when a socket cannot be made. */
export async function startDemoEngines(size: DemoSize): Promise<DemoEngines> {
  const { addresses, close } = await startSimulator(size);
  const name = "the simulated engine";
  return {
    addresses: addresses.map((address) =>
      address.kind === "unix" ? { ...address, name } : { ...address, tls: false, name },
    ),
    close,
  };
}
