"use client";

import "#lib/shared/i18n/pages/images.ts";
import "#lib/shared/i18n/pages/resources.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { ErrorState } from "#components/data/error-state.tsx";
import { FilterBar, FilterInput } from "#components/data/filter-bar.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { Table } from "#components/data/table.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { ResourceSwitch } from "#components/resources/resource-switch.tsx";
import { SilentParts } from "#components/resources/silent-nodes.tsx";
import { useListed } from "#components/resources/use-listed.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { later } from "#components/ui/later.tsx";
import { Pill, PillMenu } from "#components/ui/pill-menu.tsx";
import type { ListAnswer, NodeFreshness } from "#lib/shared/api/types.ts";
import { formatBytes } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ImageItem } from "#lib/shared/images/types.ts";
import { DiskSummary } from "./disk-panel.tsx";
import { ImageName, ImageUsers, imageColumns } from "./image-columns.tsx";
import {
  filterImages,
  type ImageFilter,
  isUnused,
  readImageFilter,
  writeImageFilter,
} from "./image-filter.ts";
import { ImageMenu, type ImageVerb } from "./image-menu.tsx";
import { PullsPanel } from "./pulls-panel.tsx";

const PullDialog = later(async () => (await import("./pull-dialog.tsx")).PullDialog);
const PruneDialog = later(async () => (await import("./prune-dialog.tsx")).PruneDialog);
const TagDialog = later(async () => (await import("./image-dialogs.tsx")).TagDialog);
const RemoveDialog = later(async () => (await import("./image-dialogs.tsx")).RemoveDialog);

type Opened = { readonly what: "prune" } | { readonly what: ImageVerb; readonly item: ImageItem | null };

/** Images of all nodes: where each is, who needs it, and what can be done. */
export function ImagesPage({ initial }: { initial: ListAnswer<ImageItem> | null }) {
  const { freshness, may } = useCluster();
  const list = useListed<ListAnswer<ImageItem>>("/images", initial);
  const [opened, setOpened] = useState<Opened | null>(null);
  const nodes = list.data?.nodes ?? [];
  return (
    <>
      <PageHead
        title={t("resources.title")}
        note={list.data ? list.data.items.length : undefined}
        actions={
          <>
            <ResourceSwitch kind="images" />
            {may("image.prune") && (
              <Button onClick={() => setOpened({ what: "prune" })}>{t("images.prune.open")}</Button>
            )}
            {may("image.pull") && (
              <Button variant="primary" onClick={() => setOpened({ what: "pull", item: null })}>
                {t("images.pull.open")}
              </Button>
            )}
          </>
        }
        freshness={freshness}
      />
      <SilentParts nodes={nodes} />
      <PullsPanel />
      {list.data === null && list.error ? (
        <ErrorState message={`${t("resources.failed")}: ${list.error.message}`} onRetry={list.reload} />
      ) : list.data === null ? (
        <LoadingRows />
      ) : (
        <Images items={list.data.items} nodes={nodes} run={(what, item) => setOpened({ what, item })} />
      )}
      <Dialogs opened={opened} nodes={nodes} onDone={list.reload} onClose={() => setOpened(null)} />
    </>
  );
}

interface DialogsProps {
  opened: Opened | null;
  nodes: readonly NodeFreshness[];
  onDone: () => void;
  onClose: () => void;
}

function Dialogs({ opened, nodes, onDone, onClose }: DialogsProps) {
  if (opened === null) return null;
  if (opened.what === "prune") return <PruneDialog onDone={onDone} onClose={onClose} />;
  const { what, item } = opened;
  if (what === "pull") return <PullDialog image={item?.tags[0] ?? ""} nodes={nodes} onClose={onClose} />;
  if (item === null) return null;
  return what === "tag" ? (
    <TagDialog item={item} onDone={onDone} onClose={onClose} />
  ) : (
    <RemoveDialog item={item} onDone={onDone} onClose={onClose} />
  );
}

interface ImagesProps {
  items: readonly ImageItem[];
  nodes: readonly NodeFreshness[];
  run: (verb: ImageVerb, item: ImageItem) => void;
}

function Images({ items, nodes, run }: ImagesProps) {
  const { href, may } = useCluster();
  const [query, setQuery] = useAddressQuery();
  const filter = readImageFilter(query);
  const menu = may("image.pull") ? (item: ImageItem) => <ImageMenu item={item} run={run} /> : null;
  return (
    <>
      <Filters
        items={items}
        nodes={nodes}
        filter={filter}
        onChange={(next) => setQuery(writeImageFilter(next))}
      />
      <Table
        label={t("images.title")}
        rows={filterImages(items, filter)}
        keyOf={(item) => item.id}
        nameOf={(item) => item.tags[0] ?? item.id}
        columns={imageColumns({ href, menu, total: nodes.filter(({ ageMs }) => ageMs >= 0).length })}
        mobile={(item) => (
          <div className="flex min-w-0 items-center gap-2">
            <div className="grid min-w-0 flex-1 gap-1">
              <ImageName item={item} />
              <span className="flex min-w-0 items-center gap-3 text-12">
                <span className="shrink-0 text-ink-3">{formatBytes(item.sizeBytes)}</span>
                <ImageUsers item={item} href={href} />
              </span>
            </div>
            {menu?.(item)}
          </div>
        )}
        empty={<Nothing total={items.length} onClear={() => setQuery(new URLSearchParams())} />}
      />
    </>
  );
}

interface FiltersProps extends Omit<ImagesProps, "run"> {
  filter: ImageFilter;
  onChange: (filter: ImageFilter) => void;
}

function Filters({ items, nodes, filter, onChange }: FiltersProps) {
  return (
    <FilterBar>
      <FilterInput
        placeholder={t("images.filter.placeholder")}
        value={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
      />
      <PillMenu
        className="max-sm:hidden"
        label={t("services.filter.node")}
        value={filter.nodes}
        onChange={(chosen) => onChange({ ...filter, nodes: chosen })}
        options={nodes.map(({ name }) => ({
          value: name,
          label: name,
          count: items.filter((item) => item.nodes.some((node) => node.name === name)).length,
        }))}
      />
      {(["unused", "dangling"] as const).map((kind) => (
        <Pill
          key={kind}
          on={filter[kind]}
          aria-pressed={filter[kind]}
          onClick={() => onChange({ ...filter, [kind]: !filter[kind] })}
        >
          {t(`images.filter.${kind}`)}
          <span className="font-normal text-ink-3">
            {items.filter((item) => (kind === "unused" ? isUnused(item) : item.dangling)).length}
          </span>
        </Pill>
      ))}
      <DiskSummary />
    </FilterBar>
  );
}

function Nothing({ total, onClear }: { total: number; onClear: () => void }) {
  if (total === 0) return <EmptyState icon="resources" title={t("images.empty")} />;
  return (
    <EmptyState
      icon="search"
      title={t("common.noMatch")}
      action={<Button onClick={onClear}>{t("common.clearFilter")}</Button>}
    />
  );
}
