import type { NodeEngines } from "#lib/server/cluster/nodes/node-engines.ts";
import { isAppError } from "#lib/shared/errors.ts";

/** A process that could not be ended, because its node did not answer. */
export interface Leftover {
  readonly cluster: string;
  readonly nodeId: string;
  readonly what: string;
  /** Ends it over the node's present link. True once it does not run any more. */
  readonly end: () => Promise<boolean>;
}

export interface ReaperOptions {
  readonly engines: (cluster: string) => NodeEngines;
  readonly onEnded: (leftover: Leftover) => void;
  readonly onGivenUp: (leftover: Leftover) => void;
  readonly everyMs?: number;
}

/** Most that are remembered, and how often each is tried while its node answers. */
const [mostLeft, mostTries] = [1_000, 20];

/** Ends what is left behind as soon as its node answers again. */
export function createReaper({ engines, onEnded, onGivenUp, everyMs = 3_000 }: ReaperOptions) {
  const left = new Map<Leftover, number>();
  let timer: NodeJS.Timeout | null = null;

  function isLinked({ cluster, nodeId }: Leftover): boolean {
    try {
      return engines(cluster).get(nodeId).engine !== null;
    } catch (error) {
      if (isAppError(error)) return false;
      throw error;
    }
  }

  async function tryAll(): Promise<void> {
    for (const [leftover, tries] of left) {
      if (!isLinked(leftover)) continue;
      const ended = await leftover.end().catch(() => false);
      if (ended || tries + 1 >= mostTries) left.delete(leftover);
      else left.set(leftover, tries + 1);
      if (ended) onEnded(leftover);
      else if (!left.has(leftover)) onGivenUp(leftover);
    }
  }

  function plan(): void {
    if (timer !== null || left.size === 0) return;
    timer = setTimeout(() => {
      void tryAll().finally(() => {
        timer = null;
        plan();
      });
    }, everyMs);
    timer.unref();
  }

  return {
    add(leftover: Leftover): void {
      if (left.size >= mostLeft) {
        onGivenUp(leftover);
        return;
      }
      left.set(leftover, 0);
      plan();
    },
    count: () => left.size,
    stop(): void {
      if (timer !== null) clearTimeout(timer);
      left.clear();
    },
  };
}
