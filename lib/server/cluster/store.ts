import { type ClusterDelta, diffModels } from "#lib/shared/model/reducer.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";

export type ModelListener = (delta: ClusterDelta, model: ClusterModel) => void;

/**
 * Holds the picture of a cluster. `update` changes the draft at once; what has changed goes out as one delta per
 * batch, so a burst of reads is one message. `model` is always the picture the last delta led to.
 */
export interface ModelStore {
  model(): ClusterModel;
  /**
   * The deltas that lead from the picture `seq` to the present one, oldest first; null when it is too long ago or
   * there was no such picture.
   */
  since(seq: number): readonly ClusterDelta[] | null;
  /** The newest picture, not yet told to anybody. */
  draft(): ClusterModel;
  update(change: (draft: ClusterModel) => ClusterModel): void;
  subscribe(listener: ModelListener): () => void;
  /** Sends what is waiting now. */
  flush(): void;
  /** Ends the batch timer; nothing is sent afterwards. */
  stop(): void;
}

/** How many deltas are kept for a page that was rendered a moment before its socket opened. */
const keptDeltas = 32;

/** After so many deltas without a rest, changes are taken to go on. */
const steadyAfter = 4;

/**
 * `batchMs`: how long the first change waits for others; `steadyMs`: the same where changes never end, because every delta
 * costs each page a whole picture. `onError` hears of listeners that throw.
 */
export function createStore(
  initial: ClusterModel,
  options: { batchMs?: number; steadyMs?: number; onError?: (error: unknown) => void } = {},
): ModelStore {
  const { batchMs = 120, steadyMs = 250, onError = () => undefined } = options;
  const listeners = new Set<ModelListener>();
  const recent: ClusterDelta[] = [];
  let published = initial;
  let draft = initial;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let flushedAt = Number.NEGATIVE_INFINITY;
  let inARow = 0;

  /** How long a change that comes now waits for others. */
  function waitMs(): number {
    if (performance.now() - flushedAt > batchMs) inARow = 0;
    return inARow < steadyAfter ? batchMs : steadyMs;
  }

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (stopped || draft === published) return;
    const delta = diffModels(published, draft);
    if (delta === null) {
      draft = published;
      return;
    }
    flushedAt = performance.now();
    inARow += 1;
    published = { ...draft, seq: delta.seq };
    draft = published;
    recent.push(delta);
    if (recent.length > keptDeltas) recent.shift();
    for (const listener of [...listeners]) {
      try {
        listener(delta, published);
      } catch (error) {
        onError(error);
      }
    }
  }

  return {
    model: () => published,
    since(seq) {
      if (seq === published.seq) return [];
      const first = recent.findIndex((delta) => delta.seq === seq + 1);
      return first < 0 ? null : recent.slice(first);
    },
    draft: () => draft,
    update(change) {
      draft = change(draft);
      if (draft !== published && timer === null && !stopped) timer = setTimeout(flush, waitMs());
    },
    subscribe(listener) {
      // A wrapper, so that the same function may be subscribed twice.
      const own: ModelListener = (delta, model) => listener(delta, model);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    flush,
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
