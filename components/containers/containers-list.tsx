"use client";

import "#lib/shared/i18n/pages/containers.ts";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { Table } from "#components/data/table.tsx";
import { useShortcut } from "#components/layout/shortcuts.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ContainerPicture } from "#lib/shared/containers/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { BulkActions } from "./bulk-actions.tsx";
import type { ContainerActions, ContainerVerb } from "./container-actions.ts";
import { ContainerItem, containerColumns, containerHref } from "./container-columns.tsx";
import { filterContainers, readContainerFilter, writeContainerFilter } from "./container-filter.ts";
import { ContainerFilters } from "./container-filters.tsx";
import { type ContainerRow, containerRows } from "./container-rows.ts";
import { unheardReasons } from "./node-reasons.ts";
import { SilentNodes } from "./silent-nodes.tsx";
import { useContainerActions } from "./use-container-actions.tsx";

/** The containers of all nodes: who does not answer, filters, and the table with its actions. */
export function ContainersList({ picture }: { picture: ContainerPicture | null }) {
  const { model, href } = useCluster();
  const router = useRouter();
  const [query, setQuery] = useAddressQuery();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { actions, dialogs } = useContainerActions();
  const filter = readContainerFilter(query);
  const { services } = model;
  const rows = useMemo(
    () => (picture ? containerRows(picture, services, unheardReasons(picture.nodes)) : []),
    [picture, services],
  );
  useRowShortcuts(rows, actions);
  if (picture === null) return <LoadingRows rows={12} />;
  const shown = filterContainers(rows, filter);
  const chosen = shown.filter((row) => selected.has(row.container.id));
  return (
    <>
      <SilentNodes nodes={picture.nodes} />
      <ContainerFilters
        rows={rows}
        nodes={picture.nodes}
        filter={filter}
        onChange={(next) => setQuery(writeContainerFilter(next))}
      />
      <Table
        label={t("containers.title")}
        rows={shown}
        keyOf={(row) => row.container.id}
        nameOf={(row) => `${row.name}, ${row.container.nodeName}`}
        columns={containerColumns({ nodes: model.nodes, href, actions })}
        selection={
          actions.may.operate
            ? { keys: new Set(chosen.map((row) => row.container.id)), onChange: setSelected }
            : undefined
        }
        onOpen={(row) => router.push(containerHref(href, row.container.id))}
        mobile={(row) => <ContainerItem row={row} href={href} actions={actions} />}
        empty={<NoContainers total={rows.length} onClear={() => setQuery(new URLSearchParams())} />}
        bulk={<BulkActions rows={chosen} actions={actions} onClear={() => setSelected(new Set())} />}
      />
      {dialogs}
    </>
  );
}

/** R restarts and X stops the container whose row has the focus. */
function useRowShortcuts(rows: readonly ContainerRow[], actions: ContainerActions) {
  const run = (verb: ContainerVerb) => {
    const key = document.activeElement?.closest<HTMLElement>("tr[data-key]")?.dataset.key;
    const row = rows.find((each) => each.container.id === key);
    if (row && actions.may.operate && actions.reason(row, verb) === null) void actions.run(row, verb);
  };
  useShortcut("r", t("containers.key.restart"), () => run("restart"));
  useShortcut("x", t("containers.key.stop"), () => run("stop"));
}

function NoContainers({ total, onClear }: { total: number; onClear: () => void }) {
  if (total === 0) return <EmptyState icon="containers" title={t("containers.empty")} />;
  return (
    <EmptyState
      icon="search"
      title={t("common.noMatch")}
      action={<Button onClick={onClear}>{t("common.clearFilter")}</Button>}
    />
  );
}
