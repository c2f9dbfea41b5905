import { setImmediate as breathe } from "node:timers/promises";
import type { ContainerCounters, UsageSample } from "#lib/shared/usage/counters.ts";
import { createCgroupFinder } from "./cgroup-finder.ts";
import { readGroups, readNetwork } from "./read-container.ts";
import { readNode } from "./read-node.ts";

/** A container that runs, with the process that it began with as the node numbers it. */
export interface RunningContainer {
  readonly id: string;
  readonly pid: number;
}

export interface UsageSamplerOptions {
  /** /proc and /sys/fs/cgroup of the node, wherever they are mounted. */
  readonly proc: string;
  readonly cgroup: string;
  readonly containers: () => Promise<readonly RunningContainer[]>;
  /** Something on the file system that Docker's data is on; null: its use is not told. */
  readonly dataRoot?: string | null;
  readonly now?: () => number;
}

/** Looks at all containers of the node in one pass. */
export interface UsageSampler {
  /** The use now, or what was seen a moment ago: see `restFactor`. */
  sample(): Promise<UsageSample>;
  /** CPU time of this process that the last pass took, ms. */
  lastCostMs(): number;
}

/** After a pass that took 10 ms of CPU time the next one is 200 ms away: never more than 5 % of a CPU, whoever asks. */
const restFactor = 20;
/** Containers read before others may use the process. */
const atOnce = 16;

export function createUsageSampler(options: UsageSamplerOptions): UsageSampler {
  const { proc, cgroup, now = Date.now } = options;
  const finder = createCgroupFinder({ proc, cgroup, now });
  let last: UsageSample | null = null;
  let costMs = 0;
  let nextAt = Number.NEGATIVE_INFINITY;
  let running: Promise<UsageSample> | null = null;

  function readOne({ id, pid }: RunningContainer): ContainerCounters | null {
    const groups = finder.find(id, pid);
    const used = groups && readGroups(groups);
    if (used === null) {
      finder.forget(id);
      return null;
    }
    return { id, at: now(), ...used, ...readNetwork(proc, pid) };
  }

  async function look(): Promise<UsageSample> {
    const all = await options.containers();
    finder.keep(new Set(all.map(({ id }) => id)));
    const containers: ContainerCounters[] = [];
    let spent = 0;
    for (let from = 0; from < all.length; from += atOnce) {
      const begun = process.threadCpuUsage();
      for (const container of all.slice(from, from + atOnce)) {
        const counters = readOne(container);
        if (counters !== null) containers.push(counters);
      }
      spent += microsSince(begun);
      if (from + atOnce < all.length) await breathe();
    }
    const begun = process.threadCpuUsage();
    const node = await readNode(proc, options.dataRoot ?? null, now());
    costMs = (spent + microsSince(begun)) / 1_000;
    nextAt = now() + costMs * restFactor;
    last = { containers, node };
    return last;
  }

  return {
    async sample() {
      if (running !== null) return running;
      if (last !== null && now() < nextAt) return last;
      running = look().finally(() => {
        running = null;
      });
      return running;
    },
    lastCostMs: () => costMs,
  };
}

function microsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}
