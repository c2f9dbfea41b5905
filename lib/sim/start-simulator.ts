import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRequestListener, createUpgradeListener, type SimEngine } from "./api/request-listener.ts";
import { type Clock, machineClock } from "./clock.ts";
import { createBranchCluster } from "./demo/branch-cluster.ts";
import { createDemoCluster } from "./demo/demo-cluster.ts";
import { type ProfileName, profiles } from "./profiles/profile.ts";
import { HandContainers } from "./world/containers.ts";
import type { Swarm } from "./world/swarm.ts";

export interface SimulatorOptions {
  /** 3 to 50. */
  readonly nodes: number;
  /** About how many tasks, up to 2,000. */
  readonly tasks: number;
  /** The same seed tells the same story. */
  readonly seed?: number;
  /** Which engine is played; default 26. */
  readonly profile?: ProfileName;
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

/** Starts the demo cluster behind the Docker API, an engine for each node. Rejects when a socket cannot be made. */
export async function startSimulator({
  nodes,
  tasks,
  seed = 1,
  profile,
}: SimulatorOptions): Promise<Simulator> {
  const clock = machineClock();
  const { swarm } = createDemoCluster({ now: clock.now(), seed, nodes, tasks });
  return serveSwarm(swarm, { clock, ...(profile && { profile }) });
}

export interface ServeOptions {
  readonly clock?: Clock;
  /** Default 26. */
  readonly profile?: ProfileName;
  /** Where the leader's engine listens; left out: on a socket of its own as the others. */
  readonly listen?: { readonly host: string; readonly port: number } | { readonly path: string };
  /** Only the first so many nodes have an engine that listens. */
  readonly engines?: number;
}

/** Starts the second, small cluster of the demo in the same way. */
export async function startBranchSimulator({
  seed = 2,
}: {
  readonly seed?: number;
} = {}): Promise<Simulator> {
  const clock = machineClock();
  const { swarm } = createBranchCluster({ now: clock.now(), seed });
  return serveSwarm(swarm, { clock });
}

/** Serves a simulated swarm behind the Docker API until `close`. */
export async function serveSwarm(swarm: Swarm, options: ServeOptions = {}): Promise<Simulator> {
  const { clock = machineClock(), profile = "26", listen, engines = Number.POSITIVE_INFINITY } = options;
  const { world } = swarm;
  const { catchUp, stop } = keepTime(world.timeline, clock);
  const { speaksAs26 } = profiles[profile];
  const hands = new HandContainers(world, (task, code) => swarm.life.exit(task, code), speaksAs26);
  const afterElection = async () => {
    while (swarm.electionEndsAt > world.now) {
      const end = swarm.electionEndsAt;
      await new Promise<void>((resolve) => clock.wake(end, resolve));
      catchUp();
    }
  };
  const own = [...world.nodes.keys()].slice(0, engines);
  const servers = new Map(
    own.map((id) => {
      const engine: SimEngine = { swarm, hands, profile: profiles[profile], own: id, catchUp, afterElection };
      const server = createServer({ requestTimeout: 0 }, createRequestListener(engine));
      server.on("upgrade", createUpgradeListener(engine));
      return [id, server];
    }),
  );
  // Whatever hung on the engine of a node that is lost or removed ends with it.
  const leave = world.onEvent(({ type, id }) => {
    if (type === "node" && world.nodes.get(id)?.isOff !== false) servers.get(id)?.closeAllConnections();
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
      [...servers.values()].map((server, index) =>
        index === 0 && listen ? listenAt(server, listen) : sockets.listen(server, `docker-${index + 1}.sock`),
      ),
    );
    const [address] = addresses;
    if (address === undefined) throw new Error("a swarm has a node");
    return { address, addresses, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listenAt(server: Server, place: NonNullable<ServeOptions["listen"]>): Promise<SimAddress> {
  if ("path" in place) {
    await opened(server, () => server.listen(place.path));
    return { kind: "unix", path: place.path };
  }
  await opened(server, () => server.listen(place.port, place.host));
  return { kind: "tcp", host: place.host, port: (server.address() as AddressInfo).port };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

interface Timeline {
  onSooner: () => void;
  nextAt(): number;
  advance(time: number): void;
}

/** Moves the cluster's clock with another one: one plan, for the next thing that happens. */
function keepTime(timeline: Timeline, clock: Clock) {
  let takeBack = () => {};
  let isMoving = false;
  function plan(): void {
    takeBack();
    takeBack = clock.wake(timeline.nextAt(), catchUp);
  }
  function catchUp(): void {
    isMoving = true;
    timeline.advance(clock.now());
    isMoving = false;
    plan();
  }
  timeline.onSooner = () => {
    if (!isMoving) plan();
  };
  catchUp();
  const stop = () => {
    timeline.onSooner = () => {};
    takeBack();
  };
  return { catchUp, stop };
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
