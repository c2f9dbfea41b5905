"use client";

import "#lib/shared/i18n/pages/resources.ts";
import "#lib/shared/i18n/pages/volumes.ts";
import { useRouter } from "next/navigation";
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
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { Pill } from "#components/ui/pill-menu.tsx";
import type { ListAnswer, NodeFreshness } from "#lib/shared/api/types.ts";
import { formatBytes } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { VolumeItem } from "#lib/shared/volumes/types.ts";
import { VolumeName, VolumeUsers, volumeColumns, volumeHref } from "./volume-columns.tsx";

const CreateVolume = later(async () => (await import("./create-volume.tsx")).CreateVolume);
const RemoveUnused = later(async () => (await import("./remove-unused.tsx")).RemoveUnused);

/** The volumes of all nodes, and who uses them. */
export function VolumesPage({ initial }: { initial: ListAnswer<VolumeItem> | null }) {
  const { freshness, href } = useCluster();
  const router = useRouter();
  const [query, setQuery] = useAddressQuery();
  const [isMeasured, setMeasured] = useState(false);
  const list = useListed<ListAnswer<VolumeItem>>("/volumes", initial);
  const sized = useListed<ListAnswer<VolumeItem>>(isMeasured ? "/volumes?sizes=1" : "/volumes", initial);
  const items = (isMeasured ? sized.data : null)?.items ?? list.data?.items ?? [];
  const nodes = list.data?.nodes ?? [];
  const [text, unused] = [query.get("q") ?? "", query.get("unused") === "1"];
  const set = (name: string, value: string) => {
    if (value === "") query.delete(name);
    else query.set(name, value);
    setQuery(query);
  };
  const shown = items.filter((item) => fits(item, text) && (!unused || item.isUnused));
  return (
    <>
      <PageHead
        title={t("resources.title")}
        note={list.data ? items.length : undefined}
        actions={
          <>
            <ResourceSwitch kind="volumes" />
            <Actions nodes={nodes} onDone={list.reload} />
          </>
        }
        freshness={freshness}
      />
      <SilentParts nodes={nodes} />
      <FilterBar>
        <FilterInput
          placeholder={t("volumes.filter.placeholder")}
          value={text}
          onChange={(value) => set("q", value)}
        />
        <Pill on={unused} aria-pressed={unused} onClick={() => set("unused", unused ? "" : "1")}>
          {t("volumes.filter.unused")}
          <span className="font-normal text-ink-3">{items.filter(({ isUnused }) => isUnused).length}</span>
        </Pill>
        <Button
          className="ml-auto"
          title={t("volumes.measureHint")}
          disabled={isMeasured && sized.data === null}
          onClick={() => (isMeasured ? sized.reload() : setMeasured(true))}
        >
          {t(isMeasured && sized.data === null ? "volumes.measuring" : "volumes.measure")}
        </Button>
      </FilterBar>
      {list.data === null && list.error ? (
        <ErrorState message={`${t("volumes.failed")}: ${list.error.message}`} onRetry={list.reload} />
      ) : list.data === null ? (
        <LoadingRows />
      ) : (
        <Table
          label={t("volumes.title")}
          rows={shown}
          keyOf={(item) => `${item.nodeId} ${item.name}`}
          nameOf={(item) => `${item.name}, ${item.nodeName}`}
          columns={volumeColumns(href)}
          onOpen={(item) => router.push(volumeHref(href, { name: item.name, node: item.nodeName }))}
          mobile={(item) => <Item item={item} />}
          empty={<Nothing total={items.length} onClear={() => setQuery(new URLSearchParams())} />}
        />
      )}
    </>
  );
}

function fits(item: VolumeItem, text: string): boolean {
  const labels = Object.entries(item.labels).map(([key, value]) => `${key}=${value}`);
  const users = [...item.services, ...item.containers].map(({ name }) => name);
  const all = [item.name, item.nodeName, item.driver, item.stack, ...labels, ...users]
    .join(" ")
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

function Actions({ nodes, onDone }: { nodes: readonly NodeFreshness[]; onDone: () => void }) {
  const { may, blocked } = useCluster();
  const [open, setOpen] = useState<"create" | "prune" | null>(null);
  const close = (done: boolean) => {
    setOpen(null);
    if (done) onDone();
  };
  if (!may("volume.create")) return null;
  return (
    <>
      <Button reason={blocked ?? undefined} onClick={() => setOpen("prune")}>
        <Icon name="trash" size={14} />
        {t("volumes.prune")}
      </Button>
      <Button variant="primary" reason={blocked ?? undefined} onClick={() => setOpen("create")}>
        <Icon name="plus" size={14} />
        {t("volumes.create.open")}
      </Button>
      {open === "create" && <CreateVolume nodes={nodes} onClose={close} />}
      {open === "prune" && <RemoveUnused onDone={onDone} onClose={() => setOpen(null)} />}
    </>
  );
}

function Item({ item }: { item: VolumeItem }) {
  const { href } = useCluster();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-2">
        <VolumeName item={item} href={href} />
        <span className="ml-auto shrink-0 text-12 text-ink-3">{item.nodeName}</span>
      </div>
      <div className="flex min-w-0 items-center gap-2 text-12">
        <VolumeUsers item={item} href={href} />
        {item.size !== null && <span className="ml-auto shrink-0 text-ink-3">{formatBytes(item.size)}</span>}
      </div>
    </div>
  );
}

function Nothing({ total, onClear }: { total: number; onClear: () => void }) {
  if (total === 0) return <EmptyState icon="resources" title={t("volumes.empty")} />;
  return (
    <EmptyState
      icon="search"
      title={t("common.noMatch")}
      action={<Button onClick={onClear}>{t("common.clearFilter")}</Button>}
    />
  );
}
