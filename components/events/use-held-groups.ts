"use client";

import { useState } from "react";
import type { EventGroup } from "#lib/shared/events/group-events.ts";

export interface HeldGroups {
  readonly groups: readonly EventGroup[];
  /** Stories that began while the list was held. */
  readonly waiting: number;
  readonly release: () => void;
}

/** The newest story that was shown when the list was first held still: later ones wait until it is let go. */
export function useHeldGroups(groups: readonly EventGroup[], isHeld: boolean): HeldGroups {
  const [shown, setShown] = useState<ReadonlySet<string> | null>(null);
  const keys = () => new Set(groups.map((group) => group.key));
  if (isHeld && shown === null) setShown(keys());
  if (!isHeld && shown !== null) setShown(null);
  if (!isHeld || shown === null) return { groups, waiting: 0, release: () => undefined };
  const newestHeld = groups.findIndex((group) => shown.has(group.key));
  // Older ones that were asked for meanwhile are below, and may come.
  const kept = groups.filter(
    (group, index) => shown.has(group.key) || (newestHeld >= 0 && index > newestHeld),
  );
  return { groups: kept, waiting: groups.length - kept.length, release: () => setShown(keys()) };
}
