"use client";

import "#lib/shared/i18n/pages/node-pages.ts";
import "#lib/shared/i18n/pages/node-dialogs.ts";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { EventsPanel } from "#components/events/events-panel.tsx";
import { BackLink } from "#components/layout/back-link.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { LabelsPanel } from "#components/services/labels-panel.tsx";
import { compareLinesByService, taskLine } from "#components/tasks/task-lines.ts";
import { TaskList } from "#components/tasks/task-list.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { RoleMark } from "#components/ui/mark.tsx";
import { type Fact, FactList, Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { NodeDetail } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { indexModel } from "#lib/shared/model/index-model.ts";
import { nodeRoleKind } from "#lib/shared/model/node-state.ts";
import type { NodeView } from "#lib/shared/model/types.ts";
import { LabelEditor } from "./label-editor.tsx";
import { mainVerb, NodeMenu } from "./node-menu.tsx";
import { LoadBar, NodeStateLine, platformOf, roleWord } from "./node-parts.tsx";
import { type NodeRow, nodeRow } from "./node-rows.ts";
import { useNodeActions } from "./use-node-actions.tsx";

const DiskPanel = later(async () => (await import("#components/images/disk-panel.tsx")).DiskPanel);
const NodeUsage = later(async () => (await import("#components/usage/node-usage.tsx")).NodeUsage);

export interface NodePageProps {
  /** Id, or a name while the engine could not be asked. */
  reference: string;
  initial: NodeDetail | null;
}

/** One node: how it is, what it has left, its tasks and its labels. */
export function NodePage({ reference, initial }: NodePageProps) {
  const { model, now, href } = useCluster();
  const node =
    model.nodes[reference] ?? Object.values(model.nodes).find((each) => each.name === reference) ?? null;
  const detail = useDetail(`/nodes/${encodeURIComponent(reference)}`, initial, [node]);
  if (node === null) {
    return (
      <EmptyState
        icon="nodes"
        title={t("nodes.gone", { name: initial?.node.name ?? reference })}
        action={
          <Button asChild>
            <Link href={href("/nodes")}>{t("nodes.goneAction")}</Link>
          </Button>
        }
      />
    );
  }
  const row = nodeRow(model, node, now);
  return (
    <>
      <NodeHead row={row} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="grid grid-cols-[minmax(0,1fr)_340px] items-start gap-4 px-5 py-4 max-lg:grid-cols-[minmax(0,1fr)] max-sm:px-4">
          <div className="grid min-w-0 gap-4">
            {detail.data?.selfWarning && <Banner tone="info">{detail.data.selfWarning}</Banner>}
            <NodeUsage node={node} />
            <TasksPanel node={node} />
            <EventsPanel only={{ nodes: [node.name] }} />
          </div>
          <div className="grid min-w-0 gap-4 max-lg:row-start-1">
            <Panel title={t("nodes.capacity")}>
              <div className="grid gap-3">
                <LoadBar kind="cpu" node={node} load={row.load} named />
                <LoadBar kind="memory" node={node} load={row.load} named />
                <p className="text-12 text-ink-3">{t("nodes.capacityHint")}</p>
              </div>
            </Panel>
            <Panel title={t("nodes.facts")}>
              <FactList facts={factsOf(node, detail.data)} />
            </Panel>
            <DiskPanel nodeId={node.id} />
            <LabelsPanel
              title={t("nodes.column.labels")}
              labels={node.labels}
              empty={t("nodes.labels.none")}
            />
            <LabelsPanel title={t("nodes.engineLabels")} labels={node.engineLabels} />
          </div>
        </div>
      </div>
    </>
  );
}

function factsOf(node: NodeView, detail: NodeDetail | null): readonly Fact[] {
  return [
    { label: t("nodes.fact.role"), value: t(node.leader ? "nodes.fact.leader" : `nodes.role.${node.role}`) },
    { label: t("nodes.fact.availability"), value: t(`nodes.availability.${node.availability}`) },
    { label: t("nodes.column.address"), value: <code className="mono">{node.address}</code> },
    {
      label: t("nodes.fact.managerAddress"),
      value: node.managerAddress === null ? null : <code className="mono">{node.managerAddress}</code>,
    },
    { label: t("nodes.column.engine"), value: node.engineVersion },
    { label: t("nodes.fact.platform"), value: platformOf(node) },
    { label: t("nodes.fact.link"), value: t(node.linked ? "nodes.fact.linked" : "nodes.fact.notLinked") },
    { label: t("nodes.fact.joined"), value: <RelativeTime at={node.createdAt} ago /> },
    { label: t("nodes.fact.plugins"), value: detail?.plugins.length ? detail.plugins.join(", ") : null },
    { label: t("nodes.fact.issuer"), value: detail?.tlsIssuer ?? null },
    { label: t("nodes.fact.id"), value: <code className="mono break-all">{node.id}</code> },
  ];
}

function NodeHead({ row }: { row: NodeRow }) {
  const { freshness, href } = useCluster();
  const { node, condition } = row;
  const actions = useNodeActions();
  const router = useRouter();
  const [isEditing, setEditing] = useState(false);
  const verb = mainVerb(node);
  return (
    <>
      <PageHead
        before={
          <>
            <BackLink to={href("/nodes")}>{t("nodes.title")}</BackLink>
            <RoleMark role={nodeRoleKind(node)} />
          </>
        }
        title={node.name}
        note={
          <span className="flex min-w-0 items-center gap-3">
            <Tag>{roleWord(node)}</Tag>
            <NodeStateLine node={node} condition={condition} className="max-w-[420px]" />
          </span>
        }
        actions={
          <>
            {actions.may.availability && (
              <Button reason={actions.blocked ?? undefined} onClick={() => void actions[verb](node)}>
                <Icon name={verb === "drain" ? "drain" : "play"} size={14} />
                {t(`nodes.action.${verb}`)}
              </Button>
            )}
            <NodeMenu
              node={node}
              actions={actions}
              onLabels={() => setEditing(true)}
              onGone={() => router.push(href("/nodes"))}
            />
          </>
        }
        freshness={freshness}
      />
      <LabelEditor node={node} open={isEditing} onOpenChange={setEditing} />
    </>
  );
}

function TasksPanel({ node }: { node: NodeView }) {
  const { model, href } = useCluster();
  const tasks = indexModel(model).tasksByNode.get(node.id) ?? [];
  const lines = tasks.map((task) => taskLine(model, task)).sort(compareLinesByService(model.services));
  return (
    <Panel
      bare
      title={
        <>
          {t("services.tasks.title")} <span className="font-normal text-ink-3">{lines.length}</span>
        </>
      }
    >
      {lines.length === 0 ? (
        <EmptyState title={t("nodes.noTasks", { name: node.name })} />
      ) : (
        <TaskList
          label={t("services.tasks.title")}
          lines={lines}
          show="service"
          services={model.services}
          hrefOfService={(id) => href(`/services/${encodeURIComponent(id)}`)}
        />
      )}
    </Panel>
  );
}
