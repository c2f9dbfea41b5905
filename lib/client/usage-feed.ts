import type { UsageScope } from "#lib/shared/usage/topic.ts";
import { addBatch, noUsage, type UsageState } from "#lib/shared/usage/usage-state.ts";
import { browserLive } from "./browser-live.ts";

/** One subscription of the tab for a scope, whoever looks at it. */
export interface UsageFeed {
  subscribe(listener: () => void): () => void;
  state(): UsageState;
}

/** Pages change, and rows of tables come and go: the next one may want the same. */
const lingerMs = 3_000;
const feeds = new Map<string, UsageFeed>();

/** The feed of a scope: the same object for everybody who asks. Opened with the first listener. */
export function usageFeed(cluster: string, scope: UsageScope): UsageFeed {
  const key = JSON.stringify([cluster, scope]);
  const known = feeds.get(key);
  if (known) return known;
  const made = createFeed(cluster, scope, () => feeds.delete(key));
  feeds.set(key, made);
  return made;
}

function createFeed(cluster: string, scope: UsageScope, onUnused: () => void): UsageFeed {
  const listeners = new Set<() => void>();
  let state = noUsage;
  let close: (() => void) | null = null;
  let idle: ReturnType<typeof setTimeout> | null = null;

  const open = () =>
    browserLive().channel(
      { topic: "usage", cluster, scope },
      {
        onAsked: () => undefined,
        onFrame: (frame) => {
          if (frame.type !== "usage") return;
          state = addBatch(state, frame.batch);
          for (const listener of [...listeners]) listener();
        },
      },
    );

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      if (idle !== null) clearTimeout(idle);
      idle = null;
      close ??= open();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        idle = setTimeout(() => {
          close?.();
          close = null;
          onUnused();
        }, lingerMs);
      };
    },
  };
}
