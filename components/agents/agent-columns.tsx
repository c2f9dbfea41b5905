import "#lib/shared/i18n/pages/agents.ts";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import type { TableColumn } from "#components/data/table-types.ts";
import { ListLink } from "#components/ui/list-link.tsx";
import { RoleMark } from "#components/ui/mark.tsx";
import { compareAgents } from "#lib/shared/agent/agent-condition.ts";
import type { AgentItem } from "#lib/shared/api/agent-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { nodeRoleKind } from "#lib/shared/model/node-state.ts";
import type { NodeView } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import {
  AgentSince,
  AgentStateLine,
  AgentVersion,
  LastError,
  roundTripWords,
  ScopeWord,
} from "./agent-parts.tsx";

export interface AgentColumnsOptions {
  readonly nodeOf: (item: AgentItem) => NodeView | undefined;
  readonly href: (path: string) => string;
  readonly serverVersion: string;
  readonly menu: (item: AgentItem) => ReactNode;
}

/** Role mark and name; a link where the swarm knows the node. */
export function AgentNode({
  item,
  node,
  href,
}: {
  item: AgentItem;
  node: NodeView | undefined;
  href: string;
}) {
  const name = <span className="min-w-0 truncate font-medium">{item.nodeName}</span>;
  const inside = (
    <>
      <RoleMark role={node ? nodeRoleKind(node) : "worker"} className={clsx(!node && "invisible")} />
      {name}
    </>
  );
  const look = "flex min-w-0 items-center gap-[9px] rounded-1";
  return node ? (
    <ListLink href={href} title={item.nodeName} className={look}>
      {inside}
    </ListLink>
  ) : (
    <span className={look}>{inside}</span>
  );
}

/** The columns of the table of agents. */
export function agentColumns(options: AgentColumnsOptions): readonly TableColumn<AgentItem>[] {
  const { nodeOf, href, serverVersion, menu } = options;
  return [
    {
      id: "node",
      header: t("agents.column.node"),
      width: "13%",
      compare: (a, b) => compareNatural(a.nodeName, b.nodeName),
      cell: (item) => (
        <AgentNode item={item} node={nodeOf(item)} href={href(`/nodes/${encodeURIComponent(item.nodeId)}`)} />
      ),
    },
    {
      id: "state",
      header: t("agents.column.state"),
      width: 148,
      className: "xl:overflow-visible",
      compare: compareAgents,
      cell: (item) => <AgentStateLine item={item} inTable />,
    },
    {
      id: "version",
      header: t("agents.column.version"),
      width: 124,
      hideBelow: 1024,
      compare: (a, b) => compareNatural(a.version ?? "", b.version ?? ""),
      cell: (item) => <AgentVersion item={item} serverVersion={serverVersion} />,
    },
    {
      id: "scope",
      header: t("agents.column.scope"),
      width: 74,
      compare: (a, b) => compareNatural(a.scope ?? "", b.scope ?? ""),
      cell: (item) => <ScopeWord item={item} />,
    },
    {
      id: "since",
      header: t("agents.column.since"),
      width: 88,
      align: "right",
      compare: (a, b) => (b.connectedSince ?? b.lastSeenAt ?? 0) - (a.connectedSince ?? a.lastSeenAt ?? 0),
      cell: (item) => <AgentSince item={item} />,
    },
    {
      id: "roundTrip",
      header: t("agents.column.roundTrip"),
      width: 84,
      align: "right",
      hideBelow: 1024,
      compare: (a, b) => (a.roundTripMs ?? Number.MAX_VALUE) - (b.roundTripMs ?? Number.MAX_VALUE),
      cell: (item) => <span className="text-ink-2">{roundTripWords(item)}</span>,
    },
    {
      id: "reconnects",
      header: t("agents.column.reconnects"),
      width: 98,
      align: "right",
      hideBelow: 1280,
      compare: (a, b) => a.reconnects - b.reconnects,
      cell: (item) => (item.id === null ? "" : item.reconnects),
    },
    {
      id: "error",
      header: t("agents.column.error"),
      hideBelow: 1280,
      cell: (item) => <LastError item={item} />,
    },
    {
      id: "address",
      header: t("agents.column.address"),
      width: 112,
      hideBelow: 1440,
      compare: (a, b) => compareNatural(a.address ?? "", b.address ?? ""),
      cell: (item) => <span className="mono text-ink-2">{item.address}</span>,
    },
    {
      id: "key",
      header: t("agents.column.key"),
      width: 92,
      hideBelow: 1440,
      cell: (item) => <span className="mono text-ink-3">{item.keyStart}</span>,
    },
    {
      id: "actions",
      header: t("agents.column.actions"),
      headerHidden: true,
      width: 96,
      align: "right",
      cell: menu,
    },
  ];
}
