"use client";

import "#lib/shared/i18n/pages/logs.ts";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { markingOf } from "#components/cluster/marking.ts";
import { isUnplaced, TaskPlacement } from "#components/cluster/task/task-placement.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { ErrorState } from "#components/data/error-state.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { EventsPanel } from "#components/events/events-panel.tsx";
import { BackLink } from "#components/layout/back-link.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { type InitialOperations, ServiceOperation } from "#components/operations/service-operation.tsx";
import { RevisionsView } from "#components/revisions/revisions-view.tsx";
import { serviceLines, type TaskLine } from "#components/tasks/task-lines.ts";
import { TaskList } from "#components/tasks/task-list.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { later } from "#components/ui/later.tsx";
import { TaskMark } from "#components/ui/mark.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { RevisionList } from "#lib/shared/api/history.ts";
import type { ServiceDetail } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { indexModel } from "#lib/shared/model/index-model.ts";
import type { ServiceView, TaskView } from "#lib/shared/model/types.ts";
import { HealthLine } from "./health-line.tsx";
import { LabelsPanel } from "./labels-panel.tsx";
import { NewerBanner } from "./newer-parts.tsx";
import { ScaleControl } from "./scale-control.tsx";
import { addressOf } from "./service-columns.tsx";
import { type ServiceRow, serviceRow } from "./service-rows.ts";
import { type ServiceTab, ServiceTabs } from "./service-tabs.tsx";
import { SpecPanel } from "./spec-panel.tsx";
import { useServiceActions } from "./use-service-actions.tsx";

const WebhooksPanel = later(
  async () => (await import("#components/webhooks/webhooks-panel.tsx")).WebhooksPanel,
);
const ExportDialog = later(async () => (await import("./edit/export-dialog.tsx")).ExportDialog);
const ServiceUsage = later(async () => (await import("#components/usage/service-usage.tsx")).ServiceUsage);

export interface ServicePageProps {
  /** Id, or a name while the engine could not be asked. */
  reference: string;
  initial: ServiceDetail | null;
  view?: ServiceTab;
  /** What the page was rendered with. */
  operations?: InitialOperations | null;
  revisions?: RevisionList | null;
}

/** One service: how it is, its tasks now and earlier, and its specification in words. */
export function ServicePage({ reference, initial, view = "overview", ...rendered }: ServicePageProps) {
  const { model, now, freshness, href, may } = useCluster();
  const service =
    model.services[reference] ??
    Object.values(model.services).find((each) => each.name === reference) ??
    null;
  const tasks = (service && indexModel(model).tasksByService.get(service.id)) ?? [];
  const key = tasks.map((task) => `${task.id} ${task.state}`).join();
  const path = `/services/${encodeURIComponent(reference)}`;
  const detail = useDetail(path, initial, service && [service, key]);
  if (service === null) {
    return (
      <EmptyState
        icon="services"
        title={t("services.gone", { name: initial?.service.name ?? reference })}
        action={
          <Button asChild>
            <Link href={href("/services")}>{t("services.goneAction")}</Link>
          </Button>
        }
      />
    );
  }
  const row = serviceRow(model, service, now);
  const lines = serviceLines(model, tasks, detail.data?.tasks ?? []);
  return (
    <>
      <ServiceHead row={row} freshness={freshness} backHref={href("/services")} />
      <ServiceTabs href={href(`/services/${encodeURIComponent(service.id)}`)} view={view} />
      {view === "revisions" ? (
        <RevisionsView service={service} initial={rendered.revisions ?? null} />
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <div className="grid grid-cols-[minmax(0,1fr)_340px] items-start gap-4 px-5 py-4 max-lg:grid-cols-[minmax(0,1fr)] max-sm:px-4">
            <div className="grid min-w-0 gap-4">
              {detail.data?.selfWarning && <Banner tone="info">{detail.data.selfWarning}</Banner>}
              <NewerBanner service={service} />
              <ServiceOperation service={service} initial={rendered.operations ?? null} />
              <PlacementPanel service={service} tasks={tasks} />
              <TasksPanel now={lines.now} earlier={lines.earlier} />
              <ServiceUsage service={service} />
              <EventsPanel only={{ services: [service.name] }} />
              {detail.data && <LabelsPanel title={t("services.labels")} labels={detail.data.labels} />}
              {may("webhook.manage") && <WebhooksPanel kind="service" object={service.id} />}
            </div>
            {detail.data ? (
              <SpecPanel
                ports={service.ports}
                env={{ path: `${path}/env`, permission: "service.env" }}
                groups={detail.data.spec}
                nodeAddress={addressOf(row, model.nodes)}
              />
            ) : detail.error ? (
              <ErrorState message={detail.error.message} onRetry={detail.reload} />
            ) : (
              <Panel>
                <LoadingRows rows={6} />
              </Panel>
            )}
          </div>
        </div>
      )}
    </>
  );
}

interface ServiceHeadProps {
  row: ServiceRow;
  freshness: ReturnType<typeof useCluster>["freshness"];
  backHref: string;
}

function ServiceHead({ row, freshness, backHref }: ServiceHeadProps) {
  const { service } = row;
  const actions = useServiceActions();
  const { href, may } = useCluster();
  const [isExporting, setExporting] = useState(false);
  const router = useRouter();
  const remove = async () => {
    if (await actions.remove(service)) router.push(backHref);
  };
  return (
    <PageHead
      before={
        <>
          <BackLink to={backHref}>{t("services.title")}</BackLink>
          <TaskMark state="running" hue={service.color.hue} marking={markingOf(service.color)} />
        </>
      }
      title={<span title={service.name}>{row.name}</span>}
      note={
        <span className="flex min-w-0 items-center gap-3">
          {service.stack !== null && <Tag>{service.stack}</Tag>}
          <HealthLine health={row.health} className="max-w-[420px] max-xl:max-w-[260px]" />
        </span>
      }
      actions={
        <>
          <ScaleControl row={row} actions={actions} boxed />
          <Button asChild>
            <Link href={href(`/logs?service=${encodeURIComponent(service.name)}`)}>
              <Icon name="logs" size={14} />
              {t("logs.title")}
            </Link>
          </Button>
          {actions.may.edit && (
            <Button asChild>
              <Link href={href(`/services/${encodeURIComponent(service.id)}/edit`)}>
                <Icon name="edit" size={14} />
                {t("services.action.edit")}
              </Link>
            </Button>
          )}
          {actions.may.restart && (
            <Button reason={actions.blocked ?? undefined} onClick={() => void actions.restart(service)}>
              <Icon name="restart" size={14} />
              {t("services.action.restart")}
            </Button>
          )}
          {(actions.may.remove || may("service.create") || may("service.raw")) && (
            <Menu
              trigger={
                <Button size="icon" aria-label={t("common.moreActions")}>
                  <Icon name="more" />
                </Button>
              }
            >
              {may("service.create") && (
                <MenuItem
                  onSelect={() => router.push(href(`/create-service?from=${encodeURIComponent(service.id)}`))}
                >
                  <Icon name="copy" />
                  {t("services.action.copyName", { name: row.name })}
                </MenuItem>
              )}
              {may("service.raw") && (
                <MenuItem onSelect={() => setExporting(true)}>
                  <Icon name="download" />
                  {t("services.action.exportName", { name: row.name })}
                </MenuItem>
              )}
              {actions.may.remove && (
                <MenuItem danger reason={actions.blocked ?? undefined} onSelect={() => void remove()}>
                  <Icon name="trash" />
                  {t("services.action.removeName", { name: row.name })}
                </MenuItem>
              )}
            </Menu>
          )}
          {isExporting && <ExportDialog service={service} onClose={() => setExporting(false)} />}
        </>
      }
      freshness={freshness}
    />
  );
}

/** For the first task that has no place: what each node says. The others of the service hear the same. */
function PlacementPanel({ service, tasks }: { service: ServiceView; tasks: readonly TaskView[] }) {
  const waiting = tasks.filter(isUnplaced);
  const [first] = waiting;
  if (first === undefined) return null;
  return (
    <Panel
      title={t("placement.title")}
      aside={<span className="text-12 text-ink-3">{t("placement.waiting", { n: waiting.length })}</span>}
    >
      <TaskPlacement task={first} service={service} />
    </Panel>
  );
}

type TasksShown = "all" | "now" | "failed";

function TasksPanel({ now, earlier }: { now: readonly TaskLine[]; earlier: readonly TaskLine[] }) {
  const { model, href } = useCluster();
  const [view, setView] = useState<TasksShown>("all");
  const every = [...now, ...earlier];
  const lines =
    view === "all" ? every : view === "now" ? now : every.filter((line) => line.condition.tone === "bad");
  return (
    <Panel
      bare
      title={
        <>
          {t("services.tasks.title")}{" "}
          <span className="font-normal text-ink-3">
            {t("services.tasks.counts", { now: now.length, earlier: earlier.length })}
          </span>
        </>
      }
      aside={
        <Segmented
          label={t("services.tasks.title")}
          value={view}
          onChange={setView}
          options={[
            { value: "all", label: t("services.tasks.all") },
            { value: "now", label: t("services.tasks.now") },
            { value: "failed", label: t("services.tasks.failed") },
          ]}
        />
      }
    >
      {lines.length === 0 ? (
        <EmptyState title={t(view === "failed" ? "services.tasks.noneFailed" : "services.tasks.none")} />
      ) : (
        <TaskList
          label={t("services.tasks.title")}
          lines={lines}
          show="node"
          services={model.services}
          hrefOfNode={(id) => href(`/nodes/${encodeURIComponent(id)}`)}
        />
      )}
    </Panel>
  );
}
