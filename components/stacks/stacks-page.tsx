"use client";

import "#lib/shared/i18n/pages/resources.ts";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { FilterBar, FilterInput } from "#components/data/filter-bar.tsx";
import { Table } from "#components/data/table.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { useListed } from "#components/resources/use-listed.ts";
import { noStack } from "#components/services/service-filter.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { StackItem } from "#lib/shared/api/resource-types.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { StackListItem, stackColumns } from "./stack-columns.tsx";
import { type StackRow, stackRows } from "./stack-rows.ts";

function filterStacks(rows: readonly StackRow[], text: string): readonly StackRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const names = [
      row.name ?? t("services.filter.noStack"),
      ...row.services.map(({ service }) => service.name),
    ];
    const found = names.join(" ").toLowerCase();
    return words.every((word) => found.includes(word));
  });
}

/** All stacks: the worst of each first, and the services that no stack has made as a group of their own. */
export function StacksPage({ initial }: { initial: ListAnswer<StackItem> | null }) {
  const { model, now, freshness, href, may } = useCluster();
  const router = useRouter();
  const [query, setQuery] = useAddressQuery();
  const list = useListed<ListAnswer<StackItem>>("/stacks", initial);
  const rows = stackRows(model, list.data?.items ?? [], now);
  const text = query.get("q") ?? "";
  const setText = (next: string) => setQuery(new URLSearchParams(next === "" ? {} : { q: next }));
  const hrefOf = ({ name }: StackRow) =>
    name === null ? href(`/services?stack=${noStack}`) : href(`/stacks/${encodeURIComponent(name)}`);
  return (
    <>
      <PageHead
        title={t("stacks.title")}
        note={rows.filter((row) => row.name !== null).length}
        actions={
          may("stack.deploy") && (
            <Button asChild>
              <Link href={href("/stacks/new")}>
                <Icon name="plus" size={14} />
                {t("stacks.deploy")}
              </Link>
            </Button>
          )
        }
        freshness={freshness}
      />
      <FilterBar>
        <FilterInput placeholder={t("stacks.filter.placeholder")} value={text} onChange={setText} />
      </FilterBar>
      {list.error && (
        <Banner
          tone="warn"
          role="alert"
          className="mx-5 mt-3 max-sm:mx-4"
          title={t("resources.failed")}
          actions={
            <Button size="sm" onClick={list.reload}>
              {t("common.retry")}
            </Button>
          }
        >
          {list.error.message}
        </Banner>
      )}
      <Table
        label={t("stacks.title")}
        rows={filterStacks(rows, text)}
        keyOf={(row) => row.name ?? noStack}
        nameOf={(row) => row.name ?? t("services.filter.noStack")}
        columns={stackColumns(hrefOf)}
        onOpen={(row) => router.push(hrefOf(row))}
        mobile={(row) => <StackListItem row={row} href={hrefOf(row)} />}
        empty={
          rows.length === 0 ? (
            <EmptyState icon="stacks" title={t("stacks.empty")} />
          ) : (
            <EmptyState
              icon="search"
              title={t("common.noMatch")}
              action={<Button onClick={() => setText("")}>{t("common.clearFilter")}</Button>}
            />
          )
        }
      />
    </>
  );
}
