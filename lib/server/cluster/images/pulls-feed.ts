import { diffPulls, type PullsDelta, type PullsPicture } from "#lib/shared/images/pulls-picture.ts";
import type { PullView } from "#lib/shared/images/types.ts";

/** The pulls as pages are told of them: engines tell of every few kilobytes, pages hear of it a few times a second. */
export interface PullsFeed {
  /** As it was told last; the same object until the next delta. */
  picture(): PullsPicture;
  /** Only what is told from now on; nothing older is kept. */
  since(seq: number): null;
  /** Returns the unsubscribe function. */
  subscribe(listener: (delta: PullsDelta) => void): () => void;
}

export interface PullsTeller extends PullsFeed {
  /** Something has moved on: told within 250 ms. */
  moved(): void;
  /** Something has begun or ended: told now. */
  tell(): void;
  stop(): void;
}

const gatherMs = 250;

/** Makes the feed of what `now` answers. */
export function createPullsFeed(now: () => readonly PullView[]): PullsTeller {
  const listeners = new Set<(delta: PullsDelta) => void>();
  let picture: PullsPicture = { seq: 0, pulls: [] };
  let timer: NodeJS.Timeout | null = null;

  function tell(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const pulls = now();
    const delta = diffPulls(picture, pulls);
    if (delta === null) return;
    picture = { seq: delta.seq, pulls };
    for (const listener of listeners) listener(delta);
  }

  return {
    picture: () => picture,
    since: () => null,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    moved() {
      timer ??= setTimeout(tell, gatherMs);
    },
    tell,
    stop() {
      if (timer !== null) clearTimeout(timer);
      listeners.clear();
    },
  };
}
