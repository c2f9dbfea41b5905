"use client";

import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useHoveredService } from "#components/cluster/map-state.ts";
import { NodeMenu } from "#components/nodes/node-menu.tsx";
import { useNodeActions } from "#components/nodes/use-node-actions.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { RoleMark } from "#components/ui/mark.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { formatDuration } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { Density } from "#lib/shared/map/density.ts";
import type { MapTask } from "#lib/shared/map/map-task.ts";
import { shortName } from "#lib/shared/model/index-model.ts";
import { type NodeKind, nodeRoleKind } from "#lib/shared/model/node-state.ts";
import type { NodeView } from "#lib/shared/model/types.ts";

/** "no answer for 12 s", counting. */
function Silence({ since }: { since: number | null }) {
  const now = useNow(1000);
  if (since === null || now === 0) return t("map.node.silent");
  return t("map.node.silentFor", { time: formatDuration(now - since) });
}

/** The word for a node that is not simply ready. */
function StateWord({ node, kind }: { node: NodeView; kind: NodeKind }) {
  switch (kind) {
    case "ready":
      return null;
    case "drained":
      return (
        <Tag>
          <Icon name="drain" size={14} />
          {t("map.node.drained")}
        </Tag>
      );
    case "paused":
      return <span className="shrink-0 text-12 text-warn">{t("map.node.paused")}</span>;
    case "down":
      return <span className="shrink-0 text-12 font-semibold text-bad">{t("map.node.down")}</span>;
    case "unreachable":
      return <span className="shrink-0 text-12 text-warn">{t("map.node.unreachable")}</span>;
    default:
      return (
        <span className="min-w-0 truncate text-12 text-warn">
          <Silence since={node.stateSince} />
        </span>
      );
  }
}

/** How much runs here; while a service is lit, how much of it. */
function Count({ tasks, density }: { tasks: readonly MapTask[]; density: Density }) {
  const lit = useHoveredService();
  const ofLit = tasks.filter(({ task }) => task.serviceId === lit);
  const service = ofLit[0]?.service;
  if (service) {
    return (
      <span className="font-medium text-ink">
        {t("map.node.ofService", { n: ofLit.length, service: shortName(service) })}
      </span>
    );
  }
  if (tasks.length === 0) return null;
  const running = tasks.filter(
    ({ condition: { kind } }) => kind === "running" || kind === "unhealthy",
  ).length;
  return density === "cards" && running > 0
    ? t("map.node.running", { n: running })
    : t("map.node.tasks", { n: tasks.length });
}

function Labels({ node }: { node: NodeView }) {
  const [first, ...rest] = Object.entries(node.labels).map(([key, value]) =>
    value === "" ? key : `${key}=${value}`,
  );
  if (first === undefined) return null;
  return (
    <Tag className="min-w-0 shrink" title={[first, ...rest].join("\n").slice(0, 500)}>
      <span className="truncate">{first.slice(0, 80)}</span>
      {rest.length > 0 && <span className="text-ink-3">{t("common.andMore", { n: rest.length })}</span>}
    </Tag>
  );
}

export interface NodeHeadProps {
  node: NodeView;
  kind: NodeKind;
  tasks: readonly MapTask[];
  density: Density;
  href: string;
  onLabels: (node: NodeView) => void;
}

/** The first line of a node: role, name, what is special, how much runs, and its menu. */
export function NodeHead({ node, kind, tasks, density, href, onLabels }: NodeHeadProps) {
  const role = nodeRoleKind(node);
  return (
    <header className="flex h-5 items-center gap-[7px] px-0.5">
      <RoleMark role={role} />
      <h3 className="max-w-[62%] shrink-0 truncate text-14 leading-5 font-semibold tracking-title">
        <ListLink href={href} title={node.name} className="rounded-1 hover:underline">
          {node.name}
        </ListLink>
      </h3>
      {role === "leader" && <span className="shrink-0 text-12 text-ink-2">{t("map.node.leader")}</span>}
      <StateWord node={node} kind={kind} />
      {density === "cards" && <Labels node={node} />}
      <span className="flex-1" />
      <span className="shrink-0 text-12 whitespace-nowrap text-ink-3">
        <Count tasks={tasks} density={density} />
      </span>
      <CardMenu node={node} onLabels={onLabels} />
    </header>
  );
}

/** In its own component: it listens to the whole cluster, the card does not. Takes no room until it is wanted. */
function CardMenu({ node, onLabels }: Pick<NodeHeadProps, "node" | "onLabels">) {
  const actions = useNodeActions();
  const { may } = useCluster();
  if (!may("node.availability")) return null;
  return (
    <span className="-mr-1.5 w-0 overflow-hidden opacity-0 group-focus-within/node:w-[26px] group-focus-within/node:opacity-100 group-hover/node:w-[26px] group-hover/node:opacity-100 has-data-[state=open]:w-[26px] has-data-[state=open]:opacity-100 touch:w-9 touch:opacity-100">
      <NodeMenu node={node} actions={actions} size="icon-sm" onLabels={() => onLabels(node)} />
    </span>
  );
}

/** Lets a drained or paused node take tasks again. */
export function ActivateButton({ node }: { node: NodeView }) {
  const actions = useNodeActions();
  if (!actions.may.availability) return null;
  return (
    <Button size="sm" reason={actions.blocked ?? undefined} onClick={() => void actions.activate(node)}>
      {t("map.node.activate")}
    </Button>
  );
}
