"use client";

import "#lib/shared/i18n/pages/containers.ts";
import Link from "next/link";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import type { Detail } from "#components/cluster/use-detail.ts";
import { ErrorState } from "#components/data/error-state.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { LabelsPanel } from "#components/services/labels-panel.tsx";
import { SpecPanel } from "#components/services/spec-panel.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { type Fact, FactList, Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ContainerDetail } from "#lib/shared/containers/api-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ContainerRow } from "./container-rows.ts";
import { HealthPanel } from "./health-panel.tsx";
import { MountsPanel, NetworksPanel } from "./places-panels.tsx";

/** How a container is and how it was made. */
export function ContainerOverview({ row, detail }: { row: ContainerRow; detail: Detail<ContainerDetail> }) {
  const { model } = useCluster();
  const { container } = row;
  const { data } = detail;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_340px] items-start gap-4 px-5 py-4 max-lg:grid-cols-[minmax(0,1fr)] max-sm:px-4">
      <div className="grid min-w-0 gap-4">
        {data?.selfWarning && <Banner tone="info">{data.selfWarning}</Banner>}
        {data?.error && <Banner tone="bad" title={t("containers.startFailed")} engineText={data.error} />}
        {data?.oomKilled && <Banner tone="bad">{t("containers.oomKilled")}</Banner>}
        {container.serviceId !== null && <Banner tone="info">{serviceSentence(row)}</Banner>}
        <Panel title={t("containers.facts")}>
          <FactList facts={useFacts(row, data)} />
        </Panel>
        {data && (
          <>
            {data.health && <HealthPanel health={data.health} />}
            <MountsPanel mounts={data.mounts} />
            <NetworksPanel networks={data.networks} node={data.container.nodeName} />
            <LabelsPanel title={t("services.labels")} labels={data.labels} />
          </>
        )}
      </div>
      {data ? (
        <SpecPanel
          ports={container.ports}
          env={{ path: `/containers/${container.id}/env`, permission: "container.env" }}
          groups={data.spec}
          nodeAddress={model.nodes[container.nodeId]?.address ?? null}
        />
      ) : detail.error ? (
        <ErrorState message={detail.error.message} onRetry={detail.reload} />
      ) : (
        <Panel>
          <LoadingRows rows={6} />
        </Panel>
      )}
    </div>
  );
}

function serviceSentence({ container, service }: ContainerRow): string {
  const name = container.serviceName ?? container.serviceId ?? "";
  return t(service ? "containers.ofService" : "containers.swarm.noService", { name });
}

function useFacts(row: ContainerRow, data: ContainerDetail | null): readonly Fact[] {
  const { model, href } = useCluster();
  const { container, service } = row;
  const node = model.nodes[container.nodeId];
  const task = model.tasks[container.taskId ?? ""];
  const time = (at: number | null | undefined) => (at == null ? null : <RelativeTime at={at} ago />);
  const isOver = container.state === "exited" || container.state === "dead";
  return [
    {
      label: t("services.tasks.node"),
      value: node ? (
        <Link href={href(`/nodes/${encodeURIComponent(node.id)}`)} className="link">
          {node.name}
        </Link>
      ) : (
        container.nodeName
      ),
    },
    {
      label: t("services.tasks.service"),
      value: service ? (
        <Link href={href(`/services/${encodeURIComponent(service.id)}`)} className="link">
          {service.name}
        </Link>
      ) : (
        container.serviceName
      ),
    },
    {
      label: t("containers.fact.task"),
      value: task ? (
        <Link href={href(`/map?task=${encodeURIComponent(task.id)}`)} className="link">
          {row.name}
        </Link>
      ) : (
        container.taskId && <code className="mono break-all">{container.taskId}</code>
      ),
    },
    { label: t("containers.fact.project"), value: container.project },
    { label: t("containers.column.created"), value: time(container.createdAt) },
    { label: t("containers.fact.started"), value: time(data?.startedAt) },
    { label: t("containers.fact.ended"), value: isOver ? time(data?.finishedAt) : null },
    { label: t("containers.fact.exit"), value: isOver ? container.exitCode : null },
    { label: t("containers.fact.restarts"), value: data && data.restarts > 0 ? data.restarts : null },
    { label: t("containers.fact.pid"), value: data?.pid ?? null },
    { label: t("containers.fact.name"), value: <code className="mono break-all">{container.name}</code> },
    { label: t("containers.fact.id"), value: <code className="mono break-all">{container.id}</code> },
  ];
}
