"use client";

import { useEffect, useReducer } from "react";
import { applyPulls, type PullsPicture } from "#lib/shared/images/pulls-picture.ts";
import type { PullView } from "#lib/shared/images/types.ts";
import type { ServerFrame } from "#lib/shared/topics.ts";
import { browserLive } from "./browser-live.ts";

interface Known {
  readonly picture: PullsPicture | null;
  /** Grows when a step was missing: all is asked for anew. */
  readonly gaps: number;
}

function after(known: Known, frame: Extract<ServerFrame, { type: "pulls" }>): Known {
  if (frame.snapshot) return { ...known, picture: frame.snapshot };
  const { picture } = known;
  if (picture === null || !frame.delta || frame.delta.seq <= picture.seq) return known;
  const next = applyPulls(picture, frame.delta);
  return next === null ? { ...known, gaps: known.gaps + 1 } : { ...known, picture: next };
}

/**
 * Pulls of images under way and those that ended lately, newest first, live over the tab's socket. Empty until
 * something is known. Needs a page that watches the cluster.
 */
export function usePulls(cluster: string): readonly PullView[] {
  const [{ picture, gaps }, receive] = useReducer(after, { picture: null, gaps: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a gap asks for all anew
  useEffect(
    () =>
      browserLive().channel(
        { topic: "pulls", cluster },
        { onAsked: () => undefined, onFrame: (frame) => frame.type === "pulls" && receive(frame) },
      ),
    [cluster, gaps],
  );
  return picture?.pulls ?? [];
}
