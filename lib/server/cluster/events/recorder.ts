import type { Logger } from "pino";
import type { EventQuery, EventsTable } from "#lib/server/db/events.ts";
import type { ClusterEvent, EventDraft, EventPage } from "#lib/shared/events/types.ts";

/** Keeps what happens in one cluster for a day. */
export interface EventRecorder {
  /** Written with others a moment later, in this order. */
  add(drafts: readonly EventDraft[]): void;
  /** Newest first, what waits to be written included. Throws nothing but mistakes of ours. */
  list(query: EventQuery): EventPage;
  /** Called with every batch that was written. Returns the unsubscribe function. */
  subscribe(listener: (events: readonly ClusterEvent[]) => void): () => void;
  /** The cluster is heard, or no longer: the end of the time without gaps is kept for the next start. */
  setWatched(watched: boolean): void;
  /** Writes what waits. Nothing is written afterwards. */
  stop(): void;
}

export interface RecorderOptions {
  readonly cluster: string;
  readonly table: EventsTable;
  readonly log: Logger;
  readonly now: () => number;
  /** How long the first event waits for others, ms: what a power cut may lose. */
  readonly batchMs?: number;
  readonly keepMs?: number;
  readonly keepRows?: number;
}

const watchEveryMs = 15_000;
const pruneEveryMs = 60_000;
/** Batches are written at the latest with so many events, however fast they come. */
const fullBatch = 2_000;

/** Starts a recorder. It costs nothing while nothing happens, but for one small write in 15 s while it is watched. */
export function createEventRecorder(options: RecorderOptions): EventRecorder {
  const { cluster, table, log, now, batchMs = 250, keepMs = 86_400_000, keepRows = 100_000 } = options;
  const listeners = new Set<(events: readonly ClusterEvent[]) => void>();
  let waiting: EventDraft[] = [];
  let timer: NodeJS.Timeout | null = null;
  let watchTimer: NodeJS.Timeout | null = null;
  let prunedAt = 0;
  let addedSince = 0;
  let stopped = false;

  /** The answer of a cluster never depends on the disk: what cannot be written is said in the log and lost. */
  function attempt<T>(what: string, run: () => T): T | null {
    try {
      return run();
    } catch (error) {
      log.error({ err: error, cluster }, what);
      return null;
    }
  }

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting.length === 0) return;
    const drafts = waiting;
    waiting = [];
    const events = attempt("events not written", () => table.add(cluster, drafts));
    if (events === null) return;
    addedSince += events.length;
    if (now() - prunedAt >= pruneEveryMs || addedSince >= fullBatch) prune();
    for (const listener of [...listeners]) attempt("listener failed", () => listener(events));
  }

  function prune(): void {
    prunedAt = now();
    addedSince = 0;
    attempt("old events not removed", () => table.prune(cluster, now() - keepMs, keepRows));
  }

  function noteWatched(): void {
    attempt("not noted", () => table.noteWatched(cluster, now()));
    // Also when nothing happens: a day later the last event has to go.
    if (now() - prunedAt >= pruneEveryMs * 10) prune();
  }

  return {
    add(drafts) {
      if (stopped || drafts.length === 0) return;
      waiting.push(...drafts);
      if (waiting.length >= fullBatch) flush();
      else timer ??= setTimeout(flush, batchMs);
    },
    list(query) {
      flush();
      return table.list(cluster, query);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    setWatched(watched) {
      if (watched === (watchTimer !== null) || stopped) return;
      if (watchTimer !== null) clearInterval(watchTimer);
      watchTimer = watched ? setInterval(noteWatched, watchEveryMs) : null;
      watchTimer?.unref();
      noteWatched();
    },
    stop() {
      if (stopped) return;
      flush();
      if (watchTimer !== null) {
        clearInterval(watchTimer);
        noteWatched();
      }
      stopped = true;
    },
  };
}
