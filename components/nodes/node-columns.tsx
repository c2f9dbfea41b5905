import "#lib/shared/i18n/pages/node-pages.ts";
import "#lib/shared/i18n/pages/usage.ts";
import type { ReactNode } from "react";
import type { TableColumn } from "#components/data/table-types.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { UsageCell } from "#components/usage/usage-cell.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { NodeActions } from "./node-actions.ts";
import { mainVerb } from "./node-menu.tsx";
import { LabelTags, LoadBar, NodeName, NodeStateLine, platformOf } from "./node-parts.tsx";
import { compareNodeRows, type NodeRow } from "./node-rows.ts";

/** The columns of the nodes table. */
export function nodeColumns(
  hrefOf: (row: NodeRow) => string,
  actions: NodeActions,
  menu: (row: NodeRow) => ReactNode,
): readonly TableColumn<NodeRow>[] {
  return [
    {
      id: "name",
      header: t("nodes.column.node"),
      width: 188,
      compare: (a, b) => compareNatural(a.node.name, b.node.name),
      cell: (row) => <NodeName node={row.node} href={hrefOf(row)} />,
    },
    {
      id: "state",
      header: t("nodes.column.state"),
      width: 104,
      compare: compareNodeRows,
      cell: (row) => <NodeStateLine node={row.node} condition={row.condition} />,
    },
    {
      id: "tasks",
      header: t("nodes.column.tasks"),
      width: 60,
      align: "right",
      compare: (a, b) => a.load.live - b.load.live,
      cell: (row) => row.load.live,
    },
    {
      id: "cpu",
      header: t("nodes.load.cpu"),
      width: 124,
      compare: (a, b) =>
        a.load.reservedNanoCpus / a.node.nanoCpus - b.load.reservedNanoCpus / b.node.nanoCpus,
      cell: (row) => <LoadBar kind="cpu" node={row.node} load={row.load} />,
    },
    {
      id: "memory",
      header: t("nodes.load.memory"),
      width: 124,
      compare: (a, b) =>
        a.load.reservedMemoryBytes / a.node.memoryBytes - b.load.reservedMemoryBytes / b.node.memoryBytes,
      cell: (row) => <LoadBar kind="memory" node={row.node} load={row.load} />,
    },
    {
      id: "usage",
      header: t("usage.column"),
      width: 132,
      hideBelow: 1024,
      cell: (row) => <UsageCell of="nodes" id={row.node.id} />,
    },
    {
      id: "address",
      header: t("nodes.column.address"),
      width: 116,
      hideBelow: 1024,
      compare: (a, b) => compareNatural(a.node.address, b.node.address),
      cell: (row) => <span className="mono text-ink-2">{row.node.address}</span>,
    },
    {
      id: "engine",
      header: t("nodes.column.engine"),
      width: 100,
      hideBelow: 1280,
      compare: (a, b) => compareNatural(a.node.engineVersion, b.node.engineVersion),
      cell: (row) => (
        <span className="text-ink-2" title={platformOf(row.node)}>
          {row.node.engineVersion}
        </span>
      ),
    },
    {
      id: "labels",
      header: t("nodes.column.labels"),
      hideBelow: 1440,
      cell: (row) => <LabelTags labels={row.node.labels} limit={2} />,
    },
    {
      id: "actions",
      header: t("nodes.column.actions"),
      headerHidden: true,
      width: 128,
      align: "right",
      onHover: true,
      cell: (row) => (
        <span className="flex items-center gap-0.5">
          <MainAction row={row} actions={actions} />
          {menu(row)}
        </span>
      ),
    },
  ];
}

function MainAction({ row, actions }: { row: NodeRow; actions: NodeActions }) {
  if (!actions.may.availability) return null;
  const verb = mainVerb(row.node);
  return (
    <Button
      variant="ghost"
      size="sm"
      aria-label={t(`nodes.action.${verb}Name`, { name: row.node.name })}
      reason={actions.blocked ?? undefined}
      onClick={() => void actions[verb](row.node)}
    >
      <Icon name={verb === "drain" ? "drain" : "play"} size={14} />
      {t(`nodes.action.${verb}`)}
    </Button>
  );
}
