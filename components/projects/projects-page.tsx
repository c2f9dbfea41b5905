"use client";

import "#lib/shared/i18n/pages/projects.ts";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { useDetail } from "#components/cluster/use-detail.ts";
import { SilentNodes } from "#components/containers/silent-nodes.tsx";
import { FilterBar, FilterInput } from "#components/data/filter-bar.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { Table } from "#components/data/table.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { useContainers } from "#lib/client/use-containers.ts";
import { type PackedContainers, unpackContainers } from "#lib/shared/containers/pack.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { projectRows } from "#lib/shared/projects/project-rows.ts";
import type { ComposeFacts, ProjectItem } from "#lib/shared/projects/types.ts";
import { type ListedProject, ProjectListItem, projectColumns } from "./project-columns.tsx";
import { projectPath } from "./project-href.ts";

/** What the API says of the list, beside what the containers tell. */
interface ListAnswer {
  readonly items: readonly ProjectItem[];
  readonly compose: ComposeFacts;
}

/** The compose projects of the linked engines, live: they are what the labels of the containers say. */
export function ProjectsPage({ initial }: { initial: PackedContainers }) {
  const { model, freshness, href, may } = useCluster();
  const router = useRouter();
  const [query, setQuery] = useAddressQuery();
  const [rendered] = useState(() => unpackContainers(initial));
  const picture = useContainers(model.info.id, rendered);
  const rows = projectRows(Object.values(picture?.rows ?? {}));
  const { data } = useDetail<ListAnswer>("/projects", null, [rows.map(keyOf).join()]);
  const known = new Set((data?.items ?? []).filter(({ isKnown }) => isKnown).map(keyOf));
  const text = query.get("q") ?? "";
  const setText = (next: string) => setQuery(new URLSearchParams(next === "" ? {} : { q: next }));
  const listed = rows.map((row): ListedProject => ({ ...row, isKnown: known.has(keyOf(row)) }));
  const hasNodes = (picture?.nodes.length ?? 0) > 1;
  const hrefOf = ({ name, nodeId }: ListedProject) =>
    href(projectPath({ name, node: hasNodes ? nodeId : null }));
  const problem = data?.compose.problem ?? null;
  return (
    <>
      <PageHead
        title={t("projects.title")}
        note={rows.length}
        actions={
          may("stack.deploy") && (
            <Button asChild>
              <Link href={href("/projects/new")}>
                <Icon name="plus" size={14} />
                {t("projects.new")}
              </Link>
            </Button>
          )
        }
        freshness={freshness}
      />
      <SilentNodes nodes={picture?.nodes ?? []} />
      <FilterBar>
        <FilterInput placeholder={t("projects.filter")} value={text} onChange={setText} />
      </FilterBar>
      {problem !== null && may("stack.deploy") && (
        <Banner tone="warn" className="mx-5 mt-3 max-sm:mx-4">
          {problem}
        </Banner>
      )}
      {picture === null ? (
        <LoadingRows rows={4} />
      ) : (
        <Table
          label={t("projects.title")}
          rows={matching(listed, text)}
          keyOf={keyOf}
          nameOf={(row) => row.name}
          columns={projectColumns(hrefOf, hasNodes)}
          onOpen={(row) => router.push(hrefOf(row))}
          mobile={(row) => <ProjectListItem row={row} href={hrefOf(row)} />}
          empty={<Nothing total={rows.length} onClear={() => setText("")} />}
        />
      )}
    </>
  );
}

function keyOf({ nodeId, name }: Pick<ProjectItem, "nodeId" | "name">): string {
  return `${nodeId} ${name}`;
}

function matching(rows: readonly ListedProject[], text: string): readonly ListedProject[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ name, services }) => {
    const all = [name, ...services].join(" ").toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

function Nothing({ total, onClear }: { total: number; onClear: () => void }) {
  if (total === 0)
    return (
      <EmptyState icon="stacks" title={t("projects.empty")}>
        {t("projects.emptyHint")}
      </EmptyState>
    );
  return (
    <EmptyState
      icon="search"
      title={t("common.noMatch")}
      action={<Button onClick={onClear}>{t("common.clearFilter")}</Button>}
    />
  );
}
