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

/** A path of a private socket, or a loopback port where there are no such sockets. */
export type SimAddress =
  | { readonly kind: "unix"; readonly path: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number };

/** The simulated Docker Engines of the nodes of a swarm, that answer until `close`. */
export interface Simulator {
  /** The leader's. */
  readonly address: SimAddress;
  /** Of every node, the leader first; the managers come before the workers. */
  readonly addresses: readonly SimAddress[];
  /** Ends every connection and removes the sockets with their folder. */
  close(): Promise<void>;
}

/** Longest time a timer may be set to; a later plan is waited for in parts. */
const LONGEST_WAIT_MS = 60 * 60_000;

/** Starts the demo cluster behind the Docker API, an engine for each node. Rejects when a socket cannot be made. */
export async function startSimulator({ nodes, tasks, seed = 1 }: SimulatorOptions): Promise<Simulator> {
  const cluster = createDemoCluster({ now: Date.now(), seed, nodes, tasks });
  const { world } = cluster.swarm;
  const { catchUp, stop } = keepTime(world.timeline);
  const own = [...world.nodes.keys()];
  const servers = new Map(
    own.map((id) => [id, createServer(createRequestListener({ cluster, own: id, catchUp }))]),
  );
  // Whatever hung on the engine of a node that is lost or removed ends with it.
  const leave = world.onEvent(({ type, id }) => {
    if (type === "node" && world.nodes.get(id)?.state !== "ready") servers.get(id)?.closeAllConnections();
  });
  const sockets = placeForSockets();
  const close = async () => {
    leave();
    stop();
    await Promise.all([...servers.values()].map(closed));
    sockets.remove();
  };
  try {
    const addresses = await Promise.all(
      [...servers.values()].map((server, index) => sockets.listen(server, `docker-${index + 1}.sock`)),
    );
    const [address] = addresses;
    if (address === undefined) throw new Error("a swarm has a node");
    return { address, addresses, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
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

/** Where the engines listen. The caller removes it. */
function placeForSockets() {
  if (process.platform === "win32") {
    return {
      async listen(server: Server): Promise<SimAddress> {
        await opened(server, () => server.listen(0, "127.0.0.1"));
        const { port } = server.address() as AddressInfo;
        return { kind: "tcp", host: "127.0.0.1", port };
      },
      remove: () => {},
    };
  }
  // mkdtemp makes the folder for this user alone (0700).
  const folder = mkdtempSync(join(tmpdir(), "shoal-demo-"));
  return {
    async listen(server: Server, name: string): Promise<SimAddress> {
      const path = join(folder, name);
      await opened(server, () => server.listen(path));
      return { kind: "unix", path };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
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
