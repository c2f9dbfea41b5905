"use client";

import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { SecretItem } from "#lib/shared/api/resource-types.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import { secretColumns } from "./resource-columns.tsx";
import { ResourcesPage } from "./resources-page.tsx";

/** The secrets of the swarm; what they hold is nowhere to be seen. */
export function SecretsPage({ initial }: { initial: ListAnswer<SecretItem> | null }) {
  const { href } = useCluster();
  return (
    <ResourcesPage
      kind="secrets"
      initial={initial}
      columns={secretColumns(href)}
      note={(item) => <RelativeTime at={item.updatedAt} ago />}
    />
  );
}
