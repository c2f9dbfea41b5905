"use client";

import { useEffect, useEffectEvent } from "react";
import type { ClusterEvent } from "#lib/shared/events/types.ts";
import { browserLive } from "./browser-live.ts";

export interface EventsFeed {
  readonly cluster: string;
  /** Id of the newest event the page has; 0: none, and only what happens from now on is told. */
  readonly newest: () => number;
  /** Newer ones, oldest first. */
  readonly onEvents: (events: readonly ClusterEvent[]) => void;
  /** There were more than could be told: read the list again. */
  readonly onMissed: () => void;
}

/** New events of a cluster as they happen, over the tab's live socket. Needs a page that watches the cluster. */
export function useEventsFeed({ cluster, newest, onEvents, onMissed }: EventsFeed): void {
  const open = useEffectEvent(newest);
  const told = useEffectEvent((events: readonly ClusterEvent[], missed: boolean) => {
    if (missed) onMissed();
    else onEvents(events);
  });
  useEffect(
    () =>
      browserLive().channel(
        {
          topic: "events",
          cluster,
          // Asked for anew after every reconnect: only what the page has not got by then is told.
          get have() {
            return open() || undefined;
          },
        },
        {
          onAsked: () => undefined,
          onFrame: (frame) => {
            if (frame.type === "events") told(frame.events, frame.missed);
          },
        },
      ),
    [cluster],
  );
}
