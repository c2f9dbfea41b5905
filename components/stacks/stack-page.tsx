"use client";

import "#lib/shared/i18n/pages/task-pages.ts";
import "#lib/shared/i18n/pages/resources.ts";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { ErrorState } from "#components/data/error-state.tsx";
import { Table } from "#components/data/table.tsx";
import { StackTabs } from "#components/deploy/stack-tabs.tsx";
import { BackLink } from "#components/layout/back-link.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { networkHref } from "#components/networks/network-href.ts";
import { NetworkOptions, ResourceName, UsedBy } from "#components/resources/resource-parts.tsx";
import { RevealConfig } from "#components/resources/reveal-config.tsx";
import { useListed } from "#components/resources/use-listed.ts";
import { HealthLine } from "#components/services/health-line.tsx";
import { serviceColumns } from "#components/services/service-columns.tsx";
import { ServiceItem } from "#components/services/service-item.tsx";
import { type ServiceRow, serviceRows } from "#components/services/service-rows.ts";
import { useServiceActions } from "#components/services/use-service-actions.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { atLeisure, later } from "#components/ui/later.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { NetworkItem, ResourceItem, StackDetail } from "#lib/shared/api/resource-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { stackHealth } from "./stack-rows.ts";

const DriftBanner = atLeisure(async () => (await import("#components/deploy/drift-banner.tsx")).DriftBanner);
const StackMenu = later(async () => (await import("#components/deploy/stack-menu.tsx")).StackMenu);
const WebhooksPanel = later(
  async () => (await import("#components/webhooks/webhooks-panel.tsx")).WebhooksPanel,
);
const StackUsage = later(async () => (await import("#components/usage/service-usage.tsx")).StackUsage);

export interface StackPageProps {
  name: string;
  initial: StackDetail | null;
}

/** One stack: its services, scaled in place, and its networks, secrets and configs. */
export function StackPage({ name, initial }: StackPageProps) {
  const { model, now, freshness, href, may } = useCluster();
  const detail = useListed<StackDetail>(`/stacks/${encodeURIComponent(name)}`, initial);
  const rows = serviceRows(model, now).filter((row) => row.service.stack === name);
  const isGone = rows.length === 0 && (detail.error !== null || detail.data === null);
  if (isGone) return <GoneStack name={name} />;
  const health = stackHealth(rows);
  return (
    <>
      <PageHead
        before={<BackLink to={href("/stacks")}>{t("stacks.title")}</BackLink>}
        title={name}
        note={health && <HealthLine health={health} className="max-w-[520px] max-xl:max-w-[300px]" />}
        actions={<StackActions name={name} />}
        freshness={freshness}
      />
      <StackTabs href={href(`/stacks/${encodeURIComponent(name)}`)} view="overview" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <DriftBanner stack={name} version={rows.map(({ service }) => service.updatedAt)} />
        <Services rows={rows} />
        {rows.length > 0 && (
          <div className="px-5 pt-4 max-sm:px-4">
            <StackUsage name={name} />
          </div>
        )}
        {detail.data ? (
          <div className="grid grid-cols-3 items-start gap-4 px-5 py-4 max-xl:grid-cols-[minmax(0,1fr)] max-sm:px-4">
            <Parts
              title={t("resources.networks")}
              items={detail.data.networks}
              note={(item) => <NetworkNote item={item} />}
              to={(item) => networkHref(href, item.name, null)}
            />
            <Parts title={t("resources.secrets")} items={detail.data.secrets} />
            <Parts
              title={t("resources.configs")}
              items={detail.data.configs}
              action={may("config.reveal") ? (item) => <RevealConfig item={item} /> : undefined}
            />
          </div>
        ) : (
          detail.error && (
            <ErrorState
              message={`${t("resources.failed")}: ${detail.error.message}`}
              onRetry={detail.reload}
            />
          )
        )}
        {may("webhook.manage") && rows.length > 0 && (
          <div className="px-5 pb-4 max-sm:px-4">
            <WebhooksPanel kind="stack" object={name} />
          </div>
        )}
      </div>
    </>
  );
}

/** To the logs and the events of all its services, and what can be done with the whole stack. */
function StackActions({ name }: { name: string }) {
  const { href } = useCluster();
  return (
    <>
      {(["logs", "events"] as const).map((place) => (
        <Button key={place} asChild>
          <Link href={href(`/${place}?stack=${encodeURIComponent(name)}`)}>{t(`stacks.${place}`)}</Link>
        </Button>
      ))}
      <StackMenu name={name} />
    </>
  );
}

function GoneStack({ name }: { name: string }) {
  const { href } = useCluster();
  return (
    <EmptyState
      icon="stacks"
      title={t("stacks.gone", { name })}
      action={
        <Button asChild>
          <Link href={href("/stacks")}>{t("stacks.goneAction")}</Link>
        </Button>
      }
    />
  );
}

function Services({ rows }: { rows: readonly ServiceRow[] }) {
  const { model, href } = useCluster();
  const actions = useServiceActions();
  const router = useRouter();
  const hrefOf = (row: ServiceRow) => href(`/services/${encodeURIComponent(row.service.id)}`);
  if (rows.length === 0) return <EmptyState icon="services" title={t("stacks.noServices")} />;
  return (
    <Table
      label={t("services.title")}
      rows={rows}
      keyOf={(row) => row.service.id}
      nameOf={(row) => row.service.name}
      columns={serviceColumns(model.nodes, hrefOf, actions)}
      onOpen={(row) => router.push(hrefOf(row))}
      mobile={(row) => <ServiceItem row={row} href={hrefOf(row)} actions={actions} />}
      empty={null}
    />
  );
}

function NetworkNote({ item }: { item: NetworkItem }) {
  return (
    <span className="flex min-w-0 items-center gap-2 text-12 text-ink-3">
      {item.driver}
      {item.subnets.length > 0 && <span className="mono">{item.subnets.join(", ")}</span>}
      <NetworkOptions item={item} />
    </span>
  );
}

interface PartsProps<Item extends ResourceItem> {
  title: string;
  items: readonly Item[];
  note?: (item: Item) => ReactNode;
  action?: (item: Item) => ReactNode;
  /** The page of each, where there is one. */
  to?: (item: Item) => string;
}

/** What of a kind belongs to the stack, and which services use it. */
function Parts<Item extends ResourceItem>({ title, items, note, action, to }: PartsProps<Item>) {
  const { href } = useCluster();
  return (
    <Panel bare title={title} aside={<span className="text-ink-3">{items.length}</span>}>
      {items.length === 0 ? (
        <p className="px-3.5 py-3 text-ink-3">{t("tasks.none")}</p>
      ) : (
        <ul>
          {items.map((item) => (
            <li
              key={item.id}
              className="flex min-w-0 items-center gap-2 border-b border-line px-3.5 py-2 last:border-b-0"
            >
              <div className="flex min-w-0 flex-1 flex-col gap-1">
                <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
                  <ResourceName item={item} hideStack to={to?.(item)} />
                  {note?.(item)}
                </div>
                <div className="text-12">
                  <UsedBy services={item.usedBy} href={href} />
                </div>
              </div>
              {action?.(item)}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
