import "#lib/shared/i18n/pages/networks.ts";
import { SilentParts } from "#components/resources/silent-nodes.tsx";
import type { NetworkDetail } from "#lib/shared/networks/types.ts";

/** Of the swarm's networks the swarm itself tells most. */
const swarmWords = { never: "networks.silent.never", old: "networks.silent.old" } as const;

/** Nodes that do not say who is on the network there. */
export function SilentEnds({ detail: { network, nodes } }: { detail: NetworkDetail }) {
  return <SilentParts nodes={nodes} words={network.nodeId === null ? swarmWords : undefined} />;
}
