/** One subscription of one socket. */
export interface FeedMember {
  /** A delta as JSON text, made once for everybody. */
  delta(json: string): void;
}

/** A picture that changes step by step. */
export interface FeedSource<Picture extends { readonly seq: number }, Delta> {
  /** The same object until it changes. */
  picture(): Picture;
  /** The deltas that lead from the picture `seq` to the present one; null when only a whole picture will do. */
  since(seq: number): readonly Delta[] | null;
  /** Returns the unsubscribe function. */
  subscribe(listener: (delta: Delta) => void): () => void;
}

/** The deltas of one picture for all sockets: one subscription on its source, each change serialised once. */
export interface Feed {
  /** What somebody who has the picture `seq` has missed, as JSON texts in order; null: send the snapshot. */
  missed(seq: number): readonly string[] | null;
  /** The present snapshot as bytes: the beginning of a frame that lacks its last members. Made once per picture. */
  snapshot(): Buffer;
  join(member: FeedMember): void;
  /** Leaving twice is harmless. The last one to leave ends the subscription on the source. */
  leave(member: FeedMember): void;
}

/**
 * Makes the feed of a picture. It holds nothing and costs nothing while it has no members. `head`: what a frame says before
 * the picture.
 */
export function createFeed<Picture extends { readonly seq: number }, Delta>(
  source: FeedSource<Picture, Delta>,
  head: string,
): Feed {
  const members = new Set<FeedMember>();
  let unsubscribe: (() => void) | null = null;
  let cached: { picture: Picture; bytes: Buffer } | null = null;

  return {
    missed: (seq) => source.since(seq)?.map((delta) => JSON.stringify(delta)) ?? null,
    snapshot() {
      const picture = source.picture();
      if (cached?.picture !== picture) {
        cached = { picture, bytes: Buffer.from(head + JSON.stringify(picture)) };
      }
      return cached.bytes;
    },
    join(member) {
      members.add(member);
      unsubscribe ??= source.subscribe((delta) => {
        cached = null;
        const json = JSON.stringify(delta);
        for (const each of members) each.delta(json);
      });
    },
    leave(member) {
      if (!members.delete(member) || members.size > 0) return;
      unsubscribe?.();
      unsubscribe = null;
      cached = null;
    },
  };
}
