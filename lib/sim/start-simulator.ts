import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRequestListener } from "./api/request-listener.ts";
import { createDemoCluster } from "./demo/demo-cluster.ts";

export interface SimulatorOptions {
  /** 3 to 50. */
  readonly nodes: number;
  /** About how many tasks, up to 2,000. */
  readonly tasks: number;
  /** The same seed tells the same story. */
  readonly seed?: number;
}

/** A simulated Docker Engine, one manager of its swarm, that answers until `close`. */
export interface Simulator {
  /** A path of a private socket, or a loopback port where there are no such sockets. */
  readonly address:
    | { readonly kind: "unix"; readonly path: string }
    | { readonly kind: "tcp"; readonly host: string; readonly port: number };
  /** Ends every connection and removes the socket with its folder. */
  close(): Promise<void>;
}

/** Longest time a timer may be set to; a later plan is waited for in parts. */
const LONGEST_WAIT_MS = 60 * 60_000;

/** Starts the demo cluster behind the Docker API. Rejects when the socket cannot be made. */
export async function startSimulator({ nodes, tasks, seed = 1 }: SimulatorOptions): Promise<Simulator> {
  const cluster = createDemoCluster({ now: Date.now(), seed, nodes, tasks });
  const clock = keepTime(cluster.swarm.world.timeline);
  const server = createServer(createRequestListener(cluster, clock.catchUp));
  try {
    const listening = await listen(server);
    return {
      address: listening.address,
      async close() {
        clock.stop();
        const closed = new Promise<void>((resolve) => server.close(() => resolve()));
        server.closeAllConnections();
        await closed;
        listening.removeFolder();
      },
    };
  } catch (error) {
    clock.stop();
    throw error;
  }
}

interface Timeline {
  nextAt(): number;
  advance(time: number): void;
}

/** Moves the cluster's clock with the machine's: one timer, set to the next thing that happens. */
function keepTime(timeline: Timeline) {
  let timer: NodeJS.Timeout | null = null;
  function catchUp(): void {
    if (timer !== null) clearTimeout(timer);
    timeline.advance(Date.now());
    const wait = Math.min(Math.max(1, timeline.nextAt() - Date.now()), LONGEST_WAIT_MS);
    timer = setTimeout(catchUp, wait);
  }
  catchUp();
  return {
    catchUp,
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}

async function listen(server: Server): Promise<{ address: Simulator["address"]; removeFolder: () => void }> {
  if (process.platform === "win32") {
    await opened(server, () => server.listen(0, "127.0.0.1"));
    const { port } = server.address() as AddressInfo;
    return { address: { kind: "tcp", host: "127.0.0.1", port }, removeFolder: () => {} };
  }
  // mkdtemp makes the folder for this user alone (0700).
  const folder = mkdtempSync(join(tmpdir(), "shoal-demo-"));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  const path = join(folder, "docker.sock");
  await opened(server, () => server.listen(path)).catch((error: unknown) => {
    removeFolder();
    throw error;
  });
  return { address: { kind: "unix", path }, removeFolder };
}

function opened(server: Server, listen: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("listening", () => {
      server.off("error", reject);
      resolve();
    });
    listen();
  });
}
