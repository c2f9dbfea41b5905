"use client";

import { useCluster } from "#components/cluster/cluster-provider.tsx";
import type { NetworkItem } from "#lib/shared/api/resource-types.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import { networkColumns } from "./resource-columns.tsx";
import { ResourcesPage } from "./resources-page.tsx";

/** The networks of the swarm. */
export function NetworksPage({ initial }: { initial: ListAnswer<NetworkItem> | null }) {
  const { href } = useCluster();
  return (
    <ResourcesPage
      kind="networks"
      initial={initial}
      columns={networkColumns(href)}
      note={(item) => `${item.driver} ${item.subnets[0] ?? ""}`}
    />
  );
}
