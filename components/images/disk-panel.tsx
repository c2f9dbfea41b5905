"use client";

import "#lib/shared/i18n/pages/images.ts";
import { useDetail } from "#components/cluster/use-detail.ts";
import { useListed } from "#components/resources/use-listed.ts";
import { FactList, Panel } from "#components/ui/panel.tsx";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import { formatBytes } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { NodeDisk } from "#lib/shared/images/types.ts";

/** What Docker keeps on the disk of a node; asked only while somebody looks. */
export function DiskPanel({ nodeId }: { nodeId: string }) {
  const { data } = useDetail<ListAnswer<NodeDisk>>("/disk", null, null);
  const disk = data?.items.find(({ id }) => id === nodeId);
  const node = data?.nodes?.find(({ id }) => id === nodeId);
  if (!disk && !node?.error) return null;
  const counted = (bytes: number, n: number) => t("disk.counted", { size: formatBytes(bytes), n });
  return (
    <Panel title={t("disk.title")}>
      {disk && (
        <FactList
          facts={[
            { label: t("disk.images"), value: counted(disk.imagesBytes, disk.images) },
            { label: t("disk.containers"), value: counted(disk.containersBytes, disk.containers) },
            { label: t("disk.volumes"), value: counted(disk.volumesBytes, disk.volumes) },
            { label: t("disk.buildCache"), value: formatBytes(disk.buildCacheBytes) },
          ]}
        />
      )}
      {node?.error && (
        <p className="text-12 text-ink-3">{t("disk.unheard", { name: node.name, why: node.error })}</p>
      )}
    </Panel>
  );
}

/** One line over all nodes: what images take. */
export function DiskSummary() {
  // Asked again with the list of images; only engines whose images have changed are.
  const { data } = useListed<ListAnswer<NodeDisk>>("/disk", null);
  if (!data || data.items.length === 0) return null;
  const bytes = data.items.reduce((sum, { imagesBytes }) => sum + imagesBytes, 0);
  const title = data.items
    .map(({ name, imagesBytes }) => t("disk.counted", { size: formatBytes(imagesBytes), n: name }))
    .join("\n");
  return (
    <span className="ml-auto shrink-0 text-12 text-ink-3 max-sm:hidden" title={title}>
      {t("disk.summary", { size: formatBytes(bytes), n: data.items.length })}
    </span>
  );
}
