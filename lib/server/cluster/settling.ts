import type { WireService } from "#lib/server/docker/wire.ts";

const FIRST_PAUSE_MS = 150;
const GROWTH = 1.6;
/** Longest pause while things move, and the patience with a service in which nothing has moved, ms. */
const LONGEST_PAUSE_MS = 2_000;
const GIVE_UP_MS = 60_000;
/** A manager writes down what a container did up to 0.7 s after its event (swarm-facts §2). */
const ATTENTION_MS = 3_000;

interface Entry {
  pauseMs: number;
  dueAt: number;
  triggeredAt: number;
  movedAt: number;
}

/**
 * Which services to read again, and when. Tasks tell nothing when they change, so after a trigger a service is read
 * with growing pauses until its tasks have settled, or until nothing has moved for a minute.
 */
export function createSettling(now: () => number) {
  const entries = new Map<string, Entry>();
  return {
    /** A trigger: from now on look closely. */
    start(id: string): void {
      const at = now();
      entries.set(id, { pauseMs: FIRST_PAUSE_MS, dueAt: at + FIRST_PAUSE_MS, triggeredAt: at, movedAt: at });
    },
    /** The service's tasks were read. One that moves by itself is followed from here on, too. */
    read(id: string, settled: boolean, changed: boolean): void {
      const at = now();
      const known = entries.get(id);
      const entry = known ?? { pauseMs: FIRST_PAUSE_MS, dueAt: 0, triggeredAt: 0, movedAt: at };
      if (changed) entry.movedAt = at;
      const attentive = at - entry.triggeredAt < ATTENTION_MS;
      if (!attentive && (settled || at - entry.movedAt >= GIVE_UP_MS)) {
        entries.delete(id);
        return;
      }
      // The read that the trigger itself asked for comes before the first pause is over.
      if (entry.dueAt > at) return;
      entry.dueAt = at + entry.pauseMs;
      entry.pauseMs = Math.min(entry.pauseMs * GROWTH, LONGEST_PAUSE_MS);
      entries.set(id, entry);
    },
    due(): string[] {
      return [...entries].filter(([, entry]) => entry.dueAt <= now()).map(([id]) => id);
    },
    /** Infinity when nothing is to settle. */
    nextAt(): number {
      return Math.min(...[...entries.values()].map((entry) => entry.dueAt));
    },
    /** The service is gone. */
    forget(id: string): void {
      entries.delete(id);
    },
  };
}

/** Jobs count their ends in the service, and an update may finish without another event: read the service, too. */
export function wantsService(service: WireService | undefined): boolean {
  const mode = service?.Spec?.Mode;
  const update = service?.UpdateStatus?.State;
  return (
    Boolean(mode?.ReplicatedJob || mode?.GlobalJob) || update === "updating" || update === "rollback_started"
  );
}
