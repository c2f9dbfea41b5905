"use client";

import "#lib/shared/i18n/pages/networks.ts";
import "#lib/shared/i18n/pages/resources.ts";
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
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { Pill, PillMenu } from "#components/ui/pill-menu.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { NetworkList, NetworkRow } from "#lib/shared/networks/types.ts";
import { networkColumns } from "./network-columns.tsx";
import {
  filterNetworks,
  type NetworkFilter,
  networkRefs,
  readNetworkFilter,
  writeNetworkFilter,
} from "./network-filter.ts";
import { networkHref } from "./network-href.ts";
import { NetworkName, NetworkPlace, NetworkUsers } from "./network-parts.tsx";

const CreateNetwork = later(async () => (await import("./create-network.tsx")).CreateNetwork);
const RemoveUnused = later(async () => (await import("./remove-unused.tsx")).RemoveUnused);

/** The networks of the swarm and of all nodes, and who is on them. */
export function NetworksPage({ initial }: { initial: NetworkList | null }) {
  const { freshness, href } = useCluster();
  const router = useRouter();
  const [query, setQuery] = useAddressQuery();
  const list = useListed<NetworkList>("/networks", initial);
  const { items = [], nodes = [], swarmError = null } = list.data ?? {};
  const filter = readNetworkFilter(query);
  const refOf = networkRefs(items);
  const toOf = (row: NetworkRow) => networkHref(href, refOf(row), row.nodeName);
  return (
    <>
      <PageHead
        title={t("resources.title")}
        note={list.data ? items.length : undefined}
        actions={
          <>
            <ResourceSwitch kind="networks" />
            <Actions list={list.data} onDone={list.reload} />
          </>
        }
        freshness={freshness}
      />
      <SilentParts nodes={nodes} />
      {swarmError !== null && (
        <Banner tone="warn" flush role="status">
          {t("networks.swarmUnknown", { error: swarmError })}
        </Banner>
      )}
      <Filters items={items} filter={filter} onChange={(next) => setQuery(writeNetworkFilter(next))} />
      {list.data === null && list.error ? (
        <ErrorState message={`${t("networks.failed")}: ${list.error.message}`} onRetry={list.reload} />
      ) : list.data === null ? (
        <LoadingRows />
      ) : (
        <Table
          label={t("networks.title")}
          rows={filterNetworks(items, filter)}
          keyOf={(row) => `${row.nodeId ?? ""} ${row.id}`}
          nameOf={(row) => (row.nodeName === null ? row.name : `${row.name}, ${row.nodeName}`)}
          columns={networkColumns(href, toOf)}
          onOpen={(row) => router.push(toOf(row))}
          mobile={(row) => <Item row={row} to={toOf(row)} />}
          empty={<Nothing total={items.length} onClear={() => setQuery(new URLSearchParams())} />}
        />
      )}
    </>
  );
}

interface FiltersProps {
  items: readonly NetworkRow[];
  filter: NetworkFilter;
  onChange: (filter: NetworkFilter) => void;
}

function Filters({ items, filter, onChange }: FiltersProps) {
  const options = (valuesOf: (row: NetworkRow) => readonly string[]) => {
    const rows = items.flatMap((row) => valuesOf(row).map((value) => ({ row, value })));
    return [...Map.groupBy(rows, ({ value }) => value)]
      .map(([value, all]) => ({ value, label: value, count: all.length }))
      .sort((a, b) => compareNatural(a.value, b.value));
  };
  return (
    <FilterBar>
      <FilterInput
        placeholder={t("networks.filter.placeholder")}
        value={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
      />
      <PillMenu
        className="max-sm:hidden"
        label={t("networks.filter.driver")}
        value={filter.drivers}
        onChange={(drivers) => onChange({ ...filter, drivers })}
        options={options(({ driver }) => [driver])}
      />
      <PillMenu
        className="max-sm:hidden"
        label={t("networks.filter.scope")}
        value={filter.scopes}
        onChange={(scopes) => onChange({ ...filter, scopes })}
        options={options(({ scope }) => [scope])}
      />
      <PillMenu
        label={t("networks.filter.node")}
        value={filter.nodes}
        onChange={(nodes) => onChange({ ...filter, nodes })}
        options={options(({ presentOn }) => presentOn)}
      />
      <Pill
        on={filter.unused}
        aria-pressed={filter.unused}
        onClick={() => onChange({ ...filter, unused: !filter.unused })}
      >
        {t("networks.filter.unused")}
        <span className="font-normal text-ink-3">{items.filter(({ isUnused }) => isUnused).length}</span>
      </Pill>
    </FilterBar>
  );
}

function Actions({ list, onDone }: { list: NetworkList | null; onDone: () => void }) {
  const { may, blocked } = useCluster();
  const [open, setOpen] = useState<"create" | "prune" | null>(null);
  const close = () => setOpen(null);
  if (!may("network.create")) return null;
  return (
    <>
      <Button reason={blocked ?? undefined} onClick={() => setOpen("prune")}>
        <Icon name="trash" size={14} />
        {t("networks.prune")}
      </Button>
      <Button variant="primary" reason={blocked ?? undefined} onClick={() => setOpen("create")}>
        <Icon name="plus" size={14} />
        {t("networks.create.open")}
      </Button>
      {open === "create" && <CreateNetwork list={list} onClose={close} />}
      {open === "prune" && <RemoveUnused onDone={onDone} onClose={close} />}
    </>
  );
}

function Item({ row, to }: { row: NetworkRow; to: string }) {
  const { href } = useCluster();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-2">
        <NetworkName row={row} to={to} />
        <span className="ml-auto shrink-0 text-12 text-ink-3">{row.driver}</span>
      </div>
      <div className="flex min-w-0 items-center gap-2 text-12">
        <NetworkUsers row={row} href={href} />
        <span className="ml-auto shrink-0">
          <NetworkPlace row={row} />
        </span>
      </div>
    </div>
  );
}

function Nothing({ total, onClear }: { total: number; onClear: () => void }) {
  if (total === 0) return <EmptyState icon="resources" title={t("networks.empty")} />;
  return (
    <EmptyState
      icon="search"
      title={t("common.noMatch")}
      action={<Button onClick={onClear}>{t("common.clearFilter")}</Button>}
    />
  );
}
