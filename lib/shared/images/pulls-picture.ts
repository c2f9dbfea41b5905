import type { PullView } from "./types.ts";

/** All pulls of a cluster that are told of, newest first. */
export interface PullsPicture {
  readonly seq: number;
  readonly pulls: readonly PullView[];
}

/** What has changed since the picture before. */
export interface PullsDelta {
  readonly seq: number;
  /** Pulls that are new or others by now, newest first; of those known before only the nodes that changed. */
  readonly pulls: readonly PullView[];
  /** Ids of pulls that are not told of any more. */
  readonly gone: readonly string[];
}

/**
 * The delta from one picture to what the pulls are now; null when nothing has changed. Nodes count as unchanged only
 * when they are the same object.
 */
export function diffPulls(before: PullsPicture, now: readonly PullView[]): PullsDelta | null {
  const changed: PullView[] = [];
  for (const pull of now) {
    const known = before.pulls.find(({ id }) => id === pull.id);
    const nodes = pull.nodes.filter((node) => !known?.nodes.includes(node));
    const ended = known?.endedAt !== pull.endedAt || known.cancelledBy !== pull.cancelledBy;
    if (nodes.length > 0 || ended) changed.push({ ...pull, nodes });
  }
  const gone = before.pulls.map(({ id }) => id).filter((id) => !now.some((pull) => pull.id === id));
  return changed.length + gone.length === 0 ? null : { seq: before.seq + 1, pulls: changed, gone };
}

/** The picture after a delta; null when one is missing in between. */
export function applyPulls(picture: PullsPicture, { seq, pulls, gone }: PullsDelta): PullsPicture | null {
  if (seq !== picture.seq + 1) return null;
  const fresh = pulls.filter(({ id }) => !picture.pulls.some((known) => known.id === id));
  const kept = picture.pulls
    .filter(({ id }) => !gone.includes(id))
    .map((known) => {
      const changed = pulls.find(({ id }) => id === known.id);
      if (!changed) return known;
      const byId = new Map(changed.nodes.map((node) => [node.id, node]));
      return { ...changed, nodes: known.nodes.map((node) => byId.get(node.id) ?? node) };
    });
  return { seq, pulls: [...fresh, ...kept] };
}
