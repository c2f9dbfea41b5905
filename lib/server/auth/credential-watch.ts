import type { Logger } from "pino";

/** Most credentials watched; a cluster's dashboard has a handful. */
const mostWatched = 10_000;

/**
 * Tells listeners when a session or token that was used here ends, whatever ended it: this process, its
 * expiry, or another process on the same database (the command line), which is noticed at the next `check`.
 */
export function createCredentialWatch(isLive: (id: string) => boolean, log: Logger) {
  const listeners = new Set<(id: string) => void>();
  const watched = new Set<string>();

  function ended(id: string): void {
    watched.delete(id);
    for (const listener of listeners) {
      try {
        listener(id);
      } catch (error) {
        log.error({ err: error }, "listener for ended credentials failed");
      }
    }
  }

  return {
    ended,
    /** From now on the end of this credential is noticed. */
    watch(id: string): void {
      if (watched.size < mostWatched) watched.add(id);
    },
    /** Looks at every watched credential; some microseconds each. */
    check(): void {
      for (const id of [...watched]) {
        if (!isLive(id)) ended(id);
      }
    },
    onEnd(listener: (id: string) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
