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

/** A simulated engine inside this process, reached like any other. The caller closes it. */
export interface DemoEngine {
  readonly address: EngineAddress;
  close(): Promise<void>;
}

/** Starts the simulated engine on a private socket. Rejects when the socket cannot be made. */
export async function startDemoEngine(size: DemoSize): Promise<DemoEngine> {
  const { address, close } = await startSimulator(size);
  const name = "the simulated engine";
  return {
    address: address.kind === "unix" ? { ...address, name } : { ...address, tls: false, name },
    close,
  };
}
