import { setTimeout as pause } from "node:timers/promises";
import { createCrowdSwarm } from "#lib/sim/crowd/crowd-swarm.ts";
import { type Simulator, serveSwarm } from "#lib/sim/start-simulator.ts";
import type { Swarm } from "#lib/sim/world/swarm.ts";
import type { SimEvent } from "#lib/sim/world/world.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { type Viewer, watchCluster } from "../lab/viewer.ts";
import { waitFor } from "../lab/wait.ts";
import { differences, type Known, type Listed, type ListedContainer } from "./compare.ts";
import { createFaultPlan, type FaultLimits } from "./fault-plan.ts";
import { type FaultyEngine, startFaultyEngine } from "./faulty-engine.ts";
import { readTruth, type Truth, textAt } from "./raw-engine.ts";

/** Shoal in front of a simulated swarm, with something faulty between it and each engine that it is linked to. */
export interface Rig {
  readonly swarm: Swarm;
  readonly shoal: Shoal;
  readonly viewer: Viewer;
  readonly engines: readonly FaultyEngine[];
  /** The first manager's socket, past everything faulty. */
  readonly manager: string;
  truth(): Promise<Truth>;
  /** What a page knows now. */
  known(): Promise<Known>;
  /** Every difference between the two now. */
  differences(): Promise<string[]>;
  close(): Promise<void>;
}

export interface RigOptions {
  readonly seed: number;
  readonly nodes?: number;
  /** So many nodes, managers first, have an engine that Shoal is linked to. */
  readonly linked?: number;
  readonly services?: number;
  readonly tasks?: number;
  readonly limits?: FaultLimits;
}

/** Starts it all without faults, and resolves once a viewer sees everything as it is. The caller closes it. */
export async function startRig(options: RigOptions): Promise<Rig> {
  const { seed, nodes = 6, linked = 4, services = 12, tasks = 60 } = options;
  const { limits = { slowMs: 5_000, floodMs: 1_000 } } = options;
  const swarm = createCrowdSwarm({
    now: Date.now(), seed, nodes, services, tasks, history: 2, churnPerSecond: 0,
  }); // biome-ignore format: one size
  const cleanUp: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of cleanUp.reverse()) await step();
  };
  try {
    const simulator = await serveSwarm(swarm);
    cleanUp.push(() => simulator.close());
    const sockets = socketsOf(simulator);
    const floodLine = linesOf(swarm);
    const engines = await Promise.all(
      sockets
        .slice(0, linked)
        .map((socketPath, index) =>
          startFaultyEngine({ socketPath, plan: createFaultPlan(seed, index, limits), floodLine }),
        ),
    );
    cleanUp.push(() => Promise.all(engines.map((engine) => engine.close())));
    const shoal = await startShoal({ engines: engines.map(({ host }) => host) });
    cleanUp.push(() => shoal.stop());
    const headers = { authorization: `Bearer ${await shoal.token("viewer", "faults")}` };
    const viewer = await watchCluster(shoal.url, headers);
    cleanUp.push(async () => viewer.close());
    const [manager = ""] = sockets;
    const ids = [...swarm.world.nodes.keys()].slice(0, linked);
    const truth = () => readTruth(manager, new Map(ids.map((id, index) => [id, sockets[index] ?? ""])));
    const known = () => knownTo(shoal, viewer);
    const rig: Rig = {
      swarm, shoal, viewer, engines, manager, truth, known, close,
      differences: async () => differences(await truth(), await known()),
    }; // biome-ignore format: names, then what is made of them
    await agreed(rig, 30_000);
    return rig;
  } catch (error) {
    await close();
    throw error;
  }
}

/** Waits until a page knows what is true. Rejects with every difference that is left. */
export async function agreed(rig: Rig, timeoutMs: number): Promise<void> {
  await waitFor(
    "the page to know what is true",
    async () => {
      if (rig.viewer.closed() !== null) throw new Error(`the live socket was closed: ${rig.viewer.closed()}`);
      const left = await rig.differences();
      if (left.length > 0) throw new Error(`${left.length} differences:\n${left.slice(0, 30).join("\n")}`);
      return true;
    },
    { timeoutMs, intervalMs: 200 },
  );
}

/** Waits until nothing moves by itself any more. */
export async function atRest({ truth }: Pick<Rig, "truth">): Promise<void> {
  let before = "";
  await waitFor(
    "the swarm to come to rest",
    async () => {
      const { nodes, services, tasks } = await truth();
      const now = JSON.stringify({ nodes, services, tasks });
      const same = now === before;
      before = now;
      const moving = services.filter((each) =>
        ["updating", "rollback_started"].includes(textAt(each, "UpdateStatus", "State")),
      );
      if (moving.length > 0) throw new Error(`${moving.length} services are being updated`);
      return same;
    },
    { timeoutMs: 40_000, intervalMs: 1_500 },
  );
}

/** Whatever engines do is no error of the server's own: lines of its log that say so. */
export function ownErrors(log: string): string[] {
  return log.split("\n").filter((line) => /"level":"(error|fatal)"/.test(line));
}

/** A page gives a list up as late. */
const lateMs = 10_000;

async function knownTo(shoal: Shoal, viewer: Viewer): Promise<Known> {
  const list = async <T>(path: string): Promise<readonly T[]> => {
    const late = pause(lateMs, undefined, { ref: false }).then(() => {
      throw new Error(`${path}: no answer within ${lateMs / 1_000} s`);
    });
    const asked = shoal.api("GET", `/api/v1/clusters/local${path}`);
    const { status, body } = await Promise.race([asked, late]);
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return (body as { items: readonly T[] }).items;
  };
  const [networks, secrets, configs, containers] = await Promise.all([
    list<Listed & { readonly scope: string }>("/networks"),
    list<Listed>("/secrets"),
    list<Listed>("/configs"),
    list<ListedContainer>("/containers?all=1"),
  ]);
  const ofSwarm = networks.filter(({ scope }) => scope === "swarm");
  return { model: viewer.model(), networks: ofSwarm, secrets, configs, containers };
}

function socketsOf({ addresses }: Simulator): string[] {
  return addresses.map((address) => {
    if (address.kind !== "unix") throw new Error("this suite needs unix sockets");
    return address.path;
  });
}

/** Lines of a flood: what engines say of things that nobody follows, and of containers of tasks, as they said it before. */
function linesOf({ world }: Swarm): (index: number) => string {
  const told: string[] = [];
  world.onEvent((event: SimEvent) => {
    if (event.type !== "container") return;
    if (told.length >= 200) told.shift();
    told.push(lineOf(event.type, event.action, event.id, event.attributes, event.at));
  });
  const tasks = [...world.tasks.values()].filter(({ state }) => state === "running");
  return (index) => {
    const now = Date.now();
    const task = tasks[index % tasks.length];
    const labels = {
      "com.docker.swarm.node.id": task?.nodeId ?? "",
      "com.docker.swarm.service.id": task?.serviceId ?? "",
      "com.docker.swarm.task.id": task?.id ?? "",
    };
    switch (index % 8) {
      case 0:
        return lineOf("network", "connect", world.random.hex(), { name: "bridge", type: "bridge" }, now);
      case 1:
        return lineOf("volume", "mount", `volume-${index}`, { driver: "local" }, now);
      case 2:
        return lineOf("container", "exec_start: /bin/true", task?.container?.id ?? "", labels, now);
      case 3:
        return lineOf("container", "start", task?.container?.id ?? "", labels, now);
      case 4:
        return lineOf("image", "pull", `app:${index}`, { name: `app-${index}` }, now);
      case 5:
        return lineOf("plugin", "enable", `plugin-${index}`, {}, now);
      case 6:
        return told[index % Math.max(1, told.length)] ?? lineOf("daemon", "reload", "x", {}, now);
      default:
        return lineOf(
          "container",
          "create",
          world.random.hex(),
          { image: "by-hand:1", name: `hand-${index}` },
          now,
        );
    }
  };
}

let nano = 0;

function lineOf(
  type: string,
  action: string,
  id: string,
  attributes: Readonly<Record<string, string>>,
  at: number,
): string {
  nano += 1;
  const actor = { ID: id, Attributes: attributes };
  const text = JSON.stringify({ Type: type, Action: action, Actor: actor, scope: "local" });
  const time = `${Math.floor(at)}${String(nano % 1_000_000).padStart(6, "0")}`;
  return `${text.slice(0, -1)},"time":${Math.floor(at / 1_000)},"timeNano":${time}}`;
}
