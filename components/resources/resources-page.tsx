"use client";

import "#lib/shared/i18n/pages/resources.ts";
import type { ReactNode } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { ErrorState } from "#components/data/error-state.tsx";
import { FilterBar, FilterInput } from "#components/data/filter-bar.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { Table } from "#components/data/table.tsx";
import type { TableColumn } from "#components/data/table-types.ts";
import { PageHead } from "#components/layout/page-head.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Pill, PillMenu } from "#components/ui/pill-menu.tsx";
import type { ResourceItem } from "#lib/shared/api/resource-types.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import {
  filterResources,
  noStack,
  type ResourceFilter,
  readResourceFilter,
  writeResourceFilter,
} from "./resource-filter.ts";
import { ResourceName, UsedBy } from "./resource-parts.tsx";
import { ResourceSwitch } from "./resource-switch.tsx";
import { useListed } from "./use-listed.ts";

export type ResourceKind = "secrets" | "configs";

export interface ResourcesPageProps<Item extends ResourceItem> {
  kind: ResourceKind;
  /** Null: it could not be read when the page was made. */
  initial: ListAnswer<Item> | null;
  columns: readonly TableColumn<Item>[];
  /** Under the name on phones, and what can be done there. */
  note: (item: Item) => ReactNode;
  action?: (item: Item) => ReactNode;
}

/** Secrets or configs of the swarm, with who uses them; a switch leads to the others. */
export function ResourcesPage<Item extends ResourceItem>(props: ResourcesPageProps<Item>) {
  const { kind, initial, columns } = props;
  const { freshness } = useCluster();
  const [query, setQuery] = useAddressQuery();
  const list = useListed<ListAnswer<Item>>(`/${kind}`, initial);
  const items = list.data?.items ?? [];
  const filter = readResourceFilter(query);
  return (
    <>
      <PageHead
        title={t("resources.title")}
        note={list.data ? items.length : undefined}
        actions={<ResourceSwitch kind={kind} />}
        freshness={freshness}
      />
      <Filters items={items} filter={filter} onChange={(next) => setQuery(writeResourceFilter(next))} />
      {list.data === null && list.error ? (
        <ErrorState message={`${t("resources.failed")}: ${list.error.message}`} onRetry={list.reload} />
      ) : list.data === null ? (
        <LoadingRows />
      ) : (
        <Table
          label={t(`resources.${kind}`)}
          rows={filterResources(items, filter)}
          keyOf={(item) => item.id}
          nameOf={(item) => item.name}
          columns={columns}
          mobile={(item) => <Item item={item} {...props} />}
          empty={<Nothing total={items.length} onClear={() => setQuery(new URLSearchParams())} />}
        />
      )}
    </>
  );
}

/** One of them below 700 px: name, then what it is and who uses it. */
function Item<Each extends ResourceItem>({
  item,
  note,
  action,
}: { item: Each } & Pick<ResourcesPageProps<Each>, "note" | "action">) {
  const { href } = useCluster();
  return (
    <div className="flex min-w-0 items-center gap-2">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex min-w-0 items-center gap-2">
          <ResourceName item={item} />
          <span className="ml-auto min-w-0 shrink-0 text-12 text-ink-3">{note(item)}</span>
        </div>
        <div className="text-12">
          <UsedBy services={item.usedBy} href={href} />
        </div>
      </div>
      {action?.(item)}
    </div>
  );
}

interface FiltersProps {
  items: readonly ResourceItem[];
  filter: ResourceFilter;
  onChange: (filter: ResourceFilter) => void;
}

function Filters({ items, filter, onChange }: FiltersProps) {
  const stacks = [...new Set(items.map((item) => item.stack ?? noStack))].sort(compareNatural);
  return (
    <FilterBar>
      <FilterInput
        placeholder={t("resources.filter.placeholder")}
        value={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
      />
      <PillMenu
        className="max-sm:hidden"
        label={t("services.filter.stack")}
        value={filter.stacks}
        onChange={(chosen) => onChange({ ...filter, stacks: chosen })}
        options={stacks.map((stack) => ({
          value: stack,
          label: stack === noStack ? t("services.filter.noStack") : stack,
          count: items.filter((item) => (item.stack ?? noStack) === stack).length,
        }))}
      />
      <Pill
        on={filter.unused}
        aria-pressed={filter.unused}
        onClick={() => onChange({ ...filter, unused: !filter.unused })}
      >
        {t("resources.filter.unused")}
        <span className="font-normal text-ink-3">
          {items.filter((item) => item.usedBy.length === 0).length}
        </span>
      </Pill>
    </FilterBar>
  );
}

function Nothing({ total, onClear }: { total: number; onClear: () => void }) {
  if (total === 0) return <EmptyState icon="resources" title={t("resources.empty")} />;
  return (
    <EmptyState
      icon="search"
      title={t("common.noMatch")}
      action={<Button onClick={onClear}>{t("common.clearFilter")}</Button>}
    />
  );
}
