"use client";

import { useEffect, useEffectEvent, useReducer, useState } from "react";
import { applyContainers } from "#lib/shared/containers/delta.ts";
import type { ContainerNode, ContainerPicture, ContainerView } from "#lib/shared/containers/types.ts";
import type { ServerFrame } from "#lib/shared/topics.ts";
import { browserLive } from "./browser-live.ts";

interface Known {
  readonly picture: ContainerPicture | null;
  /** Grows when a step was missing: the list is asked for anew. */
  readonly gaps: number;
}

function after(known: Known, frame: Extract<ServerFrame, { type: "containers" }>): Known {
  if (frame.snapshot) return { ...known, picture: frame.snapshot };
  const { picture } = known;
  // Known already: the page was rendered with a newer list than the socket has told.
  if (picture === null || !frame.delta || frame.delta.seq <= picture.seq) return known;
  const next = applyContainers(picture, frame.delta);
  return next === null ? { ...known, gaps: known.gaps + 1 } : { ...known, picture: next };
}

/**
 * The containers of all nodes of a cluster, live over the tab's socket. `initial` is what the page was rendered with;
 * null until something is known. Nothing is asked for while `cluster` is null. Needs a page that watches the cluster.
 */
export function useContainers(
  cluster: string | null,
  initial: ContainerPicture | null,
): ContainerPicture | null {
  const [{ picture, gaps }, receive] = useReducer(after, { picture: initial, gaps: 0 });
  const have = useEffectEvent(() => picture?.seq);
  useEffect(() => {
    if (cluster === null) return;
    return browserLive().channel(
      {
        topic: "containers",
        cluster,
        // Asked for anew after every reconnect: only what the page has not got by then is told.
        get have() {
          return gaps === 0 ? have() : undefined;
        },
      },
      {
        onAsked: () => undefined,
        onFrame: (frame) => frame.type === "containers" && receive(frame),
      },
    );
  }, [cluster, gaps]);
  return picture;
}

/** What the page of one container is rendered with. */
export interface RenderedContainer extends Pick<ContainerPicture, "seq" | "nodes"> {
  readonly row: ContainerView;
}

/** One container, live; null: it is gone. */
export function useContainer(
  cluster: string,
  rendered: RenderedContainer,
): { container: ContainerView | null; nodes: readonly ContainerNode[] } {
  const { row, seq, nodes } = rendered;
  // The steps of all others come too, and make rows without most of their fields: only this one is looked at.
  const [first] = useState(() => ({ seq, nodes, rows: { [row.id]: row } }));
  const picture = useContainers(cluster, first) ?? first;
  return { container: picture.rows[row.id] ?? null, nodes: picture.nodes };
}
