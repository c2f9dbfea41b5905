"use client";

import "#lib/shared/i18n/pages/node-pages.ts";
import "#lib/shared/i18n/pages/node-dialogs.ts";
import { useRouter } from "next/navigation";
import { type ReactNode, useMemo, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { FilterBar, FilterInput } from "#components/data/filter-bar.tsx";
import { Table } from "#components/data/table.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { NodeView } from "#lib/shared/model/types.ts";
import { quorumOfModel } from "#lib/shared/quorum.ts";
import { JoinDialog } from "./join-dialog.tsx";
import { LabelEditor } from "./label-editor.tsx";
import { nodeColumns } from "./node-columns.tsx";
import { NodeMenu } from "./node-menu.tsx";
import { LoadBar, NodeName, NodeStateLine } from "./node-parts.tsx";
import { filterNodes, type NodeRow, nodeRows } from "./node-rows.ts";
import { useNodeActions } from "./use-node-actions.tsx";

/** All nodes of the swarm: trouble first, then managers. */
export function NodesPage() {
  const { model, now, freshness, href } = useCluster();
  const actions = useNodeActions();
  const router = useRouter();
  const [query, setQuery] = useAddressQuery();
  const [isJoinOpen, setJoinOpen] = useState(false);
  const [edited, setEdited] = useState<NodeView>();
  const text = query.get("q") ?? "";
  // By hand: the compiler would make them again with every key in the filter, which they are handed to.
  const rows = useMemo(() => nodeRows(model, now), [model, now]);
  const shown = filterNodes(rows, text);
  const hrefOf = (row: NodeRow) => href(`/nodes/${encodeURIComponent(row.node.id)}`);
  const menu = (row: NodeRow) => (
    <NodeMenu node={row.node} actions={actions} size="icon-sm" onLabels={() => setEdited(row.node)} />
  );
  return (
    <>
      <PageHead
        title={t("nodes.title")}
        note={rows.length}
        freshness={freshness}
        actions={
          actions.may.tokens && (
            <Button variant="primary" onClick={() => setJoinOpen(true)}>
              <Icon name="plus" size={14} />
              {t("nodes.join.add")}
            </Button>
          )
        }
      />
      <FilterBar>
        <FilterInput
          placeholder={t("nodes.filter")}
          value={text}
          onChange={(value) => setQuery(new URLSearchParams(value === "" ? {} : { q: value }))}
        />
        <span className="flex-1" />
        <QuorumNote />
      </FilterBar>
      <Table
        label={t("nodes.title")}
        rows={shown}
        keyOf={(row) => row.node.id}
        nameOf={(row) => row.node.name}
        columns={nodeColumns(hrefOf, actions, menu)}
        onOpen={(row) => router.push(hrefOf(row))}
        mobile={(row) => <NodeItem row={row} href={hrefOf(row)} menu={menu(row)} />}
        empty={
          <EmptyState
            icon={rows.length === 0 ? "nodes" : "search"}
            title={t(rows.length === 0 ? "nodes.empty" : "common.noMatch")}
            action={
              rows.length > 0 && (
                <Button onClick={() => setQuery(new URLSearchParams())}>{t("common.clearFilter")}</Button>
              )
            }
          />
        }
      />
      <JoinDialog open={isJoinOpen} onOpenChange={setJoinOpen} />
      {edited && <LabelEditor node={edited} open onOpenChange={(open) => !open && setEdited(undefined)} />}
    </>
  );
}

/** What the managers can bear, in one line: "3 managers, 1 may fail". */
function QuorumNote() {
  const { model } = useCluster();
  const { total, spare } = quorumOfModel(model);
  if (total === 0) return null;
  return (
    <span
      className={
        spare <= 0 && total > 1 ? "shrink-0 text-12 text-warn" : "shrink-0 text-12 text-ink-3 max-sm:hidden"
      }
    >
      {t(spare > 0 ? "nodes.quorum.bears" : "nodes.quorum.none", { n: total, spare })}
    </span>
  );
}

function NodeItem({ row, href, menu }: { row: NodeRow; href: string; menu: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex min-w-0 items-center gap-2">
        <div className="min-w-0 flex-1">
          <NodeName node={row.node} href={href} />
        </div>
        <span className="shrink-0 text-ink-2">{t("common.tasks", { n: row.load.live })}</span>
        <div className="-my-2">{menu}</div>
      </div>
      <NodeStateLine node={row.node} condition={row.condition} className="pl-[21px] text-12" />
      <div className="grid grid-cols-2 gap-4 pl-[21px]">
        <LoadBar kind="cpu" node={row.node} load={row.load} named />
        <LoadBar kind="memory" node={row.node} load={row.load} named />
      </div>
    </div>
  );
}
