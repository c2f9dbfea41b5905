"use client";

import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { SilentNodes, type SilentWords } from "#components/containers/silent-nodes.tsx";
import type { NodeFreshness } from "#lib/shared/api/types.ts";

/** Nodes whose part of a list is not known now, or only from earlier: why, and how old it is. */
export function SilentParts({
  nodes,
  words,
}: {
  nodes: readonly NodeFreshness[];
  words?: SilentWords | undefined;
}) {
  const { now } = useCluster();
  return (
    <SilentNodes
      nodes={nodes.map(({ ageMs, ...node }) => ({
        ...node,
        lastAt: ageMs < 0 || node.ok ? null : now - ageMs,
      }))}
      words={words}
    />
  );
}
