"use client";

import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ConfigItem } from "#lib/shared/api/resource-types.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import { configColumns } from "./resource-columns.tsx";
import { ResourcesPage } from "./resources-page.tsx";
import { RevealConfig } from "./reveal-config.tsx";

/** The configs of the swarm; those who may can look at what one holds. */
export function ConfigsPage({ initial }: { initial: ListAnswer<ConfigItem> | null }) {
  const { href, may } = useCluster();
  const reveal = may("config.reveal") ? (item: ConfigItem) => <RevealConfig item={item} /> : null;
  return (
    <ResourcesPage
      kind="configs"
      initial={initial}
      columns={configColumns(href, reveal)}
      note={(item) => <RelativeTime at={item.updatedAt} ago />}
      action={reveal ?? undefined}
    />
  );
}
