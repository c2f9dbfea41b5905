import { type Simulator, startSimulator } from "#lib/sim/start-simulator.ts";
import { type Shoal, startShoal } from "../tests/lab/shoal.ts";
import { watchCluster } from "../tests/lab/viewer.ts";
import { waitFor } from "../tests/lab/wait.ts";

interface Crowd {
  readonly nodes: number;
  readonly tasks: number;
}

/** Runs something with Shoal in front of a simulated swarm of a size. The simulator runs in this process, not in Shoal's. */
export async function withCrowd<T>(
  size: Crowd,
  use: (shoal: Shoal, socketPath: string) => Promise<T>,
): Promise<T> {
  const simulator = await startSimulator(size);
  try {
    const socketPath = pathOf(simulator);
    const shoal = await startShoal({ engines: [`unix://${socketPath}`] });
    try {
      const viewer = await watchCluster(shoal.url, {
        authorization: `Bearer ${await shoal.token("viewer", "bench")}`,
      });
      await waitFor("the whole crowd", () => Object.keys(viewer.model().tasks).length >= size.tasks * 0.9);
      viewer.close();
      return await use(shoal, socketPath);
    } finally {
      await shoal.stop();
    }
  } finally {
    await simulator.close();
  }
}

function pathOf({ address }: Simulator): string {
  if (address.kind !== "unix") throw new Error("measuring needs Unix sockets");
  return address.path;
}
