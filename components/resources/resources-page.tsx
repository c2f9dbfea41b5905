"use client";

import "#lib/shared/i18n/pages/resources.ts";
import "#lib/shared/i18n/pages/files.ts";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { ErrorState } from "#components/data/error-state.tsx";
import { FilterBar, FilterInput } from "#components/data/filter-bar.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { Table } from "#components/data/table.tsx";
import type { TableColumn } from "#components/data/table-types.ts";
import { fileHref } from "#components/files/file-href.ts";
import { PageHead } from "#components/layout/page-head.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { Pill, PillMenu } from "#components/ui/pill-menu.tsx";
import type { ResourceItem } from "#lib/shared/api/resource-types.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { FileKind } from "#lib/shared/swarm-files/limits.ts";
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

const CreateFile = later(async () => (await import("#components/files/create-file.tsx")).CreateFile);

export type ResourceKind = "secrets" | "configs";
const kindOf = { secrets: "secret", configs: "config" } as const satisfies Record<ResourceKind, FileKind>;

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
  const { freshness, href } = useCluster();
  const router = useRouter();
  const [query, setQuery] = useAddressQuery();
  const list = useListed<ListAnswer<Item>>(`/${kind}`, initial);
  const items = list.data?.items ?? [];
  const filter = readResourceFilter(query);
  return (
    <>
      <PageHead
        title={t("resources.title")}
        note={list.data ? items.length : undefined}
        actions={
          <>
            <ResourceSwitch kind={kind} />
            <Create kind={kindOf[kind]} items={items} />
          </>
        }
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
          onOpen={(item) => router.push(fileHref(href, kindOf[kind], item.id))}
          mobile={(item) => <Item item={item} {...props} />}
          empty={<Nothing total={items.length} onClear={() => setQuery(new URLSearchParams())} />}
        />
      )}
    </>
  );
}

/** Makes another one. */
function Create({ kind, items }: { kind: FileKind; items: readonly ResourceItem[] }) {
  const { may, blocked } = useCluster();
  const [isOpen, setOpen] = useState(false);
  if (!may(`${kind}.write`)) return null;
  return (
    <>
      <Button variant="primary" reason={blocked ?? undefined} onClick={() => setOpen(true)}>
        <Icon name="plus" size={14} />
        {t(`files.create.open_${kind}`)}
      </Button>
      {isOpen && (
        <CreateFile kind={kind} taken={items.map(({ name }) => name)} onClose={() => setOpen(false)} />
      )}
    </>
  );
}

/** One of them below 700 px: name, then what it is and who uses it. */
function Item<Each extends ResourceItem>({
  kind,
  item,
  note,
  action,
}: { item: Each } & Pick<ResourcesPageProps<Each>, "kind" | "note" | "action">) {
  const { href } = useCluster();
  return (
    <div className="flex min-w-0 items-center gap-2">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex min-w-0 items-center gap-2">
          <ResourceName item={item} to={fileHref(href, kindOf[kind], item.id)} />
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
