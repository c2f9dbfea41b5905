"use client";

import { useEffect, useState } from "react";
import type { ClusterGlance } from "#lib/shared/model/cluster-glance.ts";
import { browserLive } from "./browser-live.ts";

/** Every cluster at a glance, live; until the first answer what the page was rendered with. */
export function useGlances(): readonly ClusterGlance[] | null;
export function useGlances(initial: readonly ClusterGlance[]): readonly ClusterGlance[];
export function useGlances(initial: readonly ClusterGlance[] | null = null): readonly ClusterGlance[] | null {
  const [clusters, setClusters] = useState(initial);
  useEffect(
    () =>
      browserLive().channel(
        { topic: "clusters" },
        {
          onAsked: () => undefined,
          onFrame: (frame) => {
            if (frame.type === "clusters") setClusters(frame.clusters);
          },
        },
      ),
    [],
  );
  return clusters;
}
