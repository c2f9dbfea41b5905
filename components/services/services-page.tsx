"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { FilterBar, FilterInput } from "#components/data/filter-bar.tsx";
import { Table } from "#components/data/table.tsx";
import { useSearchTexts } from "#components/data/use-search-texts.ts";
import { SavedFilters } from "#components/filters/saved-filters.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { useShortcut } from "#components/layout/shortcuts.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { HealthMark } from "#components/ui/mark.tsx";
import { PillMenu } from "#components/ui/pill-menu.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { orderedNodes } from "#lib/shared/model/index-model.ts";
import { type HealthKind, healthKinds } from "#lib/shared/model/service-verdict.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { BulkActions } from "./bulk-actions.tsx";
import { healthMark } from "./health-line.tsx";
import { NewerButton } from "./newer-parts.tsx";
import { serviceColumns } from "./service-columns.tsx";
import {
  filterRows,
  noStack,
  readFilter,
  type ServiceFilter,
  searchText,
  writeFilter,
} from "./service-filter.ts";
import { ServiceItem } from "./service-item.tsx";
import { needsAttention, type ServiceRow, serviceRows } from "./service-rows.ts";
import { useNewer } from "./use-newer.ts";
import { useServiceActions } from "./use-service-actions.tsx";

/** All services of the cluster: trouble first, filtered by the address, scaled and restarted in place. */
export function ServicesPage() {
  const { model, now, freshness, href, may } = useCluster();
  const actions = useServiceActions();
  const newer = useNewer();
  const outdated = new Set(newer.data?.items.map(({ service }) => service.id));
  const router = useRouter();
  const [query, setQuery] = useAddressQuery();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const filter = readFilter(query);
  const setFilter = (next: ServiceFilter) => setQuery(writeFilter(next));

  // By hand: the compiler would make them again with every key in the filter, which they are handed to.
  const rows = useMemo(() => serviceRows(model, now), [model, now]);
  const nodeNames = new Map(Object.values(model.nodes).map((node) => [node.id, node.name]));
  const shown = filterRows(rows, filter, nodeNames);
  useSearchTexts(rows, searchText);
  const chosen = shown.filter((row) => selected.has(row.service.id));
  const hrefOf = (row: ServiceRow) => href(`/services/${encodeURIComponent(row.service.id)}`);

  useRowShortcuts(rows, actions);
  return (
    <>
      <PageHead
        title={t("services.title")}
        note={rows.length}
        freshness={freshness}
        actions={
          <>
            <NewerButton newer={newer} />
            {may("service.create") && (
              <Button asChild variant="primary">
                <Link href={href("/create-service")}>
                  <Icon name="plus" size={14} />
                  {t("services.action.create")}
                </Link>
              </Button>
            )}
          </>
        }
      />
      <ServiceFilters rows={rows} filter={filter} onChange={setFilter} />
      <Table
        label={t("services.title")}
        rows={shown}
        keyOf={(row) => row.service.id}
        nameOf={(row) => row.service.name}
        columns={serviceColumns(model.nodes, hrefOf, actions, outdated)}
        selection={
          actions.may.restart
            ? { keys: new Set(chosen.map((row) => row.service.id)), onChange: setSelected }
            : undefined
        }
        onOpen={(row) => router.push(hrefOf(row))}
        mobile={(row) => <ServiceItem row={row} href={hrefOf(row)} actions={actions} />}
        empty={<NoServices total={rows.length} onClear={() => setQuery(new URLSearchParams())} />}
        bulk={<BulkActions rows={chosen} actions={actions} onClear={() => setSelected(new Set())} />}
      />
    </>
  );
}

/** R restarts the service whose row has the focus. */
function useRowShortcuts(rows: readonly ServiceRow[], actions: ReturnType<typeof useServiceActions>) {
  useShortcut("r", t("services.key.restart"), () => {
    const key = document.activeElement?.closest<HTMLElement>("tr[data-key]")?.dataset.key;
    const row = rows.find((each) => each.service.id === key);
    if (row && actions.may.restart && actions.blocked === null) void actions.restart(row.service);
  });
}

interface ServiceFiltersProps {
  rows: readonly ServiceRow[];
  filter: ServiceFilter;
  onChange: (filter: ServiceFilter) => void;
}

function ServiceFilters({ rows, filter, onChange }: ServiceFiltersProps) {
  const { model } = useCluster();
  const attention = rows.filter(needsAttention).length;
  const count = (kind: HealthKind) => rows.filter((row) => row.health.kind === kind).length;
  // Counted when a menu opens.
  const stacks = () => {
    const counts = new Map<string, number>();
    for (const { service } of rows) {
      const stack = service.stack ?? noStack;
      counts.set(stack, (counts.get(stack) ?? 0) + 1);
    }
    return [...counts].sort(([a], [b]) => compareNatural(a, b));
  };
  const pill = "max-sm:hidden";
  return (
    <FilterBar>
      <FilterInput
        placeholder={t("services.filter.placeholder")}
        value={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
      />
      <PillMenu
        label={t("services.filter.state")}
        value={filter.states}
        onChange={(states) => onChange({ ...filter, states })}
        options={healthKinds
          .filter((kind) => count(kind) > 0 || filter.states.includes(kind))
          .map((kind) => ({
            value: kind,
            label: t(`services.kind.${kind}`),
            mark: <HealthMark health={healthMark[kind]} size={12} />,
            count: count(kind),
          }))}
      />
      <PillMenu
        className={pill}
        label={t("services.filter.stack")}
        value={filter.stacks}
        onChange={(stacks) => onChange({ ...filter, stacks })}
        options={() =>
          stacks().map(([stack, count]) => ({
            value: stack,
            label: stack === noStack ? t("services.filter.noStack") : stack,
            count,
          }))
        }
      />
      <PillMenu
        className={pill}
        label={t("services.filter.node")}
        value={filter.nodes}
        onChange={(nodes) => onChange({ ...filter, nodes })}
        options={() =>
          orderedNodes(model.nodes).map((node) => ({
            value: node.name,
            label: node.name,
            count: rows.filter((row) => row.nodeIds.has(node.id)).length,
          }))
        }
      />
      <SavedFilters page="services" />
      <span className="flex-1" />
      {attention > 0 && (
        <span className="shrink-0 text-12 text-ink-3 max-lg:hidden">
          {t("services.attention", { n: attention })}
        </span>
      )}
    </FilterBar>
  );
}

function NoServices({ total, onClear }: { total: number; onClear: () => void }) {
  const { href, may } = useCluster();
  if (total === 0) {
    return (
      <EmptyState
        icon="services"
        title={t("services.empty")}
        action={
          may("stack.deploy") && (
            <Button asChild>
              <Link href={href("/stacks/new")}>{t("services.emptyDeploy")}</Link>
            </Button>
          )
        }
      />
    );
  }
  return (
    <EmptyState
      icon="search"
      title={t("common.noMatch")}
      action={<Button onClick={onClear}>{t("common.clearFilter")}</Button>}
    />
  );
}
