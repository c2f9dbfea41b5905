import type { Engine } from "#lib/server/docker/engine.ts";
import { mapStats } from "#lib/server/docker/map-stats.ts";
import type { WireStats } from "#lib/server/docker/wire-stats.ts";
import { isAppError } from "#lib/shared/errors.ts";
import type { ContainerCounters } from "#lib/shared/usage/counters.ts";
import type { UsageSource } from "./usage-source.ts";

/** Half of the sockets that the client of an engine has: other calls must never wait for these. */
const atOnce = 16;
const timeoutMs = 5_000;

/**
 * Asks the engine container by container. With `one-shot` it need not wait for a second sample to compare with; engines
 * before 23 answer with the next tick of their own clock, up to 1 s later. One that fails to answer is not asked on.
 */
export function dockerStats(engine: Pick<Engine, "get">): UsageSource {
  return {
    async sample(ids, signal) {
      const waiting = [...ids].reverse();
      const containers: ContainerCounters[] = [];
      let failure: unknown = null;

      async function work(): Promise<void> {
        for (let id = waiting.pop(); id !== undefined && failure === null; id = waiting.pop()) {
          try {
            const query = { stream: false, "one-shot": true };
            const wire = await engine.get<WireStats>(`/containers/${id}/stats`, { query, signal, timeoutMs });
            const counters = mapStats(id, wire);
            if (counters !== null) containers.push(counters);
          } catch (error) {
            // Ended since it was listed: its absence is all there is to say.
            if (!isAppError(error) || error.code !== "not_found") failure ??= error;
          }
        }
      }

      await Promise.all(Array.from({ length: Math.min(atOnce, ids.length) }, work));
      if (failure !== null && containers.length === 0) throw failure;
      return { containers, node: null };
    },
  };
}
