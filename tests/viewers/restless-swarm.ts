import { readdirSync, readlinkSync } from "node:fs";
import { request } from "node:http";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { machineClock } from "#lib/sim/clock.ts";
import { createCrowdSwarm } from "#lib/sim/crowd/crowd-swarm.ts";
import { serveSwarm } from "#lib/sim/start-simulator.ts";
import type { Swarm } from "#lib/sim/world/swarm.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { watchCluster } from "../lab/viewer.ts";
import { waitFor } from "../lab/wait.ts";
import { inspectServer, type ServerInsight } from "./server-insight.ts";

/** A built server in front of a simulated swarm in which tasks are replaced for as long as the test wants that. */
export interface RestlessSwarm {
  readonly shoal: Shoal;
  /** Of a viewer: for sockets. */
  readonly headers: Readonly<Record<string, string>>;
  readonly insight: ServerInsight;
  /** From now on so many tasks are replaced in a second; 0 ends it. */
  churn(perSecond: number): void;
  /** Ends so many tasks at once. */
  endTasks(count: number): void;
  /** Once churn has ended: when a viewer who was there all the time has all that the engine has. Answers its picture. */
  settled(): Promise<ClusterModel>;
  /** The present picture of that viewer. */
  truth(): ClusterModel;
  /** Sockets and files that the server has open. */
  openSockets(): number;
  close(): Promise<void>;
}

export interface SwarmSize {
  readonly services: number;
  readonly tasks: number;
}

/** Starts both. The caller closes them. */
export async function startRestlessSwarm(size: SwarmSize): Promise<RestlessSwarm> {
  const clock = machineClock();
  const swarm = createCrowdSwarm({
    ...size,
    now: clock.now(),
    seed: 6,
    nodes: 4,
    history: 1,
    churnPerSecond: 0,
  });
  const simulator = await serveSwarm(swarm, { clock });
  const paths = simulator.addresses.map((at) => (at.kind === "unix" ? at.path : ""));
  const engines = paths.map((path) => `unix://${path}`);
  const shoal = await startShoal({ engines, env: { NODE_OPTIONS: "--inspect=127.0.0.1:0" } });
  const headers = { authorization: `Bearer ${await shoal.token("viewer", "many viewers")}` };
  const insight = await inspectServer(shoal.log());
  const witness = await watchCluster(shoal.url, headers);
  const churner = createChurner(swarm);
  const pid = shoal.pid();
  return {
    shoal,
    headers,
    insight,
    churn: churner.churn,
    endTasks: churner.endTasks,
    openSockets: () => countSockets(pid),
    truth: () => witness.model(),
    settled: () =>
      waitFor("the server to know all that the engine knows", async () => {
        const truth = await runningTasks(paths[0] ?? "");
        const known = Object.values(witness.model().tasks).filter(({ state }) => state === "running");
        const ids = known.map(({ id }) => id).sort();
        if (ids.length !== size.tasks || ids.join() !== truth.join())
          throw new Error(`${ids.length} of ${truth.length} tasks`);
        return witness.model();
      }),
    async close() {
      churner.churn(0);
      witness.close();
      insight.close();
      await shoal.stop();
      await simulator.close();
    },
  };
}

function createChurner({ world, life }: Swarm) {
  let perSecond = 0;
  function endOne(): void {
    const services = [...world.services.values()];
    const service = services[Math.floor(world.random.between(0, services.length))];
    if (!service) return;
    const running = world
      .tasksOf(service.id)
      .filter(({ state, desired }) => state === "running" && desired === "running");
    const task = running[Math.floor(world.random.between(0, running.length))];
    if (task) life.exit(task, 1);
  }
  function next(): void {
    if (perSecond === 0) return;
    endOne();
    world.timeline.after(1_000 / perSecond, next);
  }
  return {
    churn(rate: number) {
      const wasCalm = perSecond === 0;
      perSecond = rate;
      if (wasCalm && rate > 0) world.timeline.after(1, next);
    },
    endTasks(count: number) {
      world.timeline.after(1, () => {
        for (let turn = 0; turn < count; turn += 1) endOne();
      });
    },
  };
}

/** Ids of all tasks that run, as the engine lists them. */
async function runningTasks(socketPath: string): Promise<string[]> {
  const text = await new Promise<string>((resolve, reject) => {
    const call = request({ socketPath, path: "/tasks" }, (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (chunk: string) => {
        body += chunk;
      });
      answer.on("end", () => resolve(body));
    });
    call.on("error", reject).end();
  });
  const tasks = JSON.parse(text) as { ID: string; Status: { State: string } }[];
  return tasks
    .filter(({ Status }) => Status.State === "running")
    .map(({ ID }) => ID)
    .sort();
}

function countSockets(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((name) => {
    try {
      return readlinkSync(`${folder}/${name}`).startsWith("socket:");
    } catch {
      return false; // closed since the folder was read
    }
  }).length;
}
