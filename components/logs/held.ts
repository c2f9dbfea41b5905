import type { LogEntry } from "#lib/client/log-buffer.ts";
import type { LogFeed, LogPicture } from "./use-log-feed.ts";

/** The log as it stood when it was paused: nothing under the eyes moves, while lines go on being kept. */
export interface Held {
  readonly feed: LogFeed | null;
  readonly entries: readonly LogEntry[];
  /** Lines that had come by then. */
  readonly came: number;
  /** By scrolling away from the newest, not by the button. */
  readonly byScroll: boolean;
}

const cameSoFar = ({ kept, dropped }: LogPicture) => kept + dropped;

/** Holds what is there now. */
export function holdNow(log: LogPicture, byScroll: boolean): Held {
  return { feed: log.feed, entries: log.entries, came: cameSoFar(log), byScroll };
}

/** Lines that came since. */
export function newerThan(held: Held, log: LogPicture): number {
  return cameSoFar(log) - held.came;
}
