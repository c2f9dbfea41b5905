import type { Logger } from "pino";
import { type Access, isSameAccess } from "#lib/shared/access.ts";

/** Most credentials watched; a cluster's dashboard has a handful. */
const mostWatched = 10_000;

/**
 * Tells listeners when a session or token that was used here ends or may do something else than before, whatever
 * the reason: this process, its expiry, or another process on the same database (the command line). What nobody
 * says here is noticed at the next `check`. `accessOf` answers null for what does not work any more.
 */
export function createCredentialWatch(accessOf: (id: string) => Access | null, log: Logger) {
  const onEnd = new Set<(id: string) => void>();
  const onChange = new Set<(id: string, access: Access) => void>();
  /** With what each could do when everybody was last told. */
  const watched = new Map<string, Access>();

  function tell<Parts extends unknown[]>(listeners: Set<(...parts: Parts) => void>, ...parts: Parts): void {
    for (const listener of listeners) {
      try {
        listener(...parts);
      } catch (error) {
        log.error({ err: error }, "listener for credentials failed");
      }
    }
  }

  function ended(id: string): void {
    watched.delete(id);
    tell(onEnd, id);
  }

  function listen<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  return {
    ended,
    /** From now on it is noticed when this credential ends, or may do something else than this. */
    watch(id: string, access: Access): void {
      // What was opened earlier may still count on an earlier access: that one is compared with.
      if (watched.size < mostWatched && !watched.has(id)) watched.set(id, access);
    },
    /** Looks at every watched credential; some microseconds each. */
    check(): void {
      for (const [id, before] of [...watched]) {
        const access = accessOf(id);
        if (access === null) {
          ended(id);
        } else if (!isSameAccess(access, before)) {
          watched.set(id, access);
          tell(onChange, id, access);
        }
      }
    },
    onEnd: (listener: (id: string) => void) => listen(onEnd, listener),
    onChange: (listener: (id: string, access: Access) => void) => listen(onChange, listener),
  };
}
