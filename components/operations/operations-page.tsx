"use client";

import "#lib/shared/i18n/pages/history.ts";
import { useRouter } from "next/navigation";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { useDetail } from "#components/cluster/use-detail.ts";
import { ErrorState } from "#components/data/error-state.tsx";
import { FilterBar } from "#components/data/filter-bar.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { Table } from "#components/data/table.tsx";
import type { TableColumn } from "#components/data/table-types.ts";
import { PageHead } from "#components/layout/page-head.tsx";
import { healthMark, toneClass } from "#components/services/health-line.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { HealthMark } from "#components/ui/mark.tsx";
import { PillMenu } from "#components/ui/pill-menu.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { type OperationState, type OperationView, operationStates } from "#lib/shared/api/history.ts";
import { formatDuration } from "#lib/shared/format.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { byWhom, operationTitle, stateLook } from "#lib/shared/rollout/operation-words.ts";

interface OperationList {
  readonly items: readonly OperationView[];
}

/** Everything that was done to services, newest first, and how it ended. */
export function OperationsPage({ initial }: { initial: OperationList | null }) {
  const { model, freshness, href } = useCluster();
  const router = useRouter();
  const [query, setQuery] = useAddressQuery();
  const version = model.info.activity.map(({ id, revision }) => `${id} ${revision}`).join();
  const service = query.get("service");
  const state = query.get("state");
  const filter = service === null ? "" : `&service=${encodeURIComponent(service)}`;
  const path = `/operations?limit=200${filter}`;
  const list = useDetail<OperationList>(path, service === null ? initial : null, [version]);
  const all = list.data?.items ?? [];
  const states = operationStates.filter((each) => state?.split(",").includes(each));
  const rows = states.length === 0 ? all : all.filter((each) => states.includes(each.state));
  const hrefOf = (row: OperationView) => href(`/operations/${row.id}`);
  const set = (name: string, value: string) => {
    if (value === "") query.delete(name);
    else query.set(name, value);
    setQuery(query);
  };
  if (list.error && list.data === null)
    return <ErrorState message={list.error.message} onRetry={list.reload} />;
  return (
    <>
      <PageHead title={t("history.title")} note={all.length || undefined} freshness={freshness} />
      <Filters all={all} service={service} states={states} onChange={set} />
      {list.data === null ? (
        <LoadingRows rows={8} />
      ) : (
        <Table
          label={t("history.title")}
          rows={rows}
          keyOf={(row) => String(row.id)}
          nameOf={(row) => `${row.service.name}: ${say(t, operationTitle(row))}`}
          columns={columns(hrefOf)}
          onOpen={(row) => router.push(hrefOf(row))}
          mobile={(row) => <Item row={row} href={hrefOf(row)} />}
          empty={
            all.length === 0 && service === null ? (
              <EmptyState icon="activity" title={t("history.empty")} />
            ) : (
              <EmptyState
                icon="search"
                title={t("common.noMatch")}
                action={
                  <Button onClick={() => setQuery(new URLSearchParams())}>{t("common.clearFilter")}</Button>
                }
              />
            )
          }
        />
      )}
    </>
  );
}

interface FiltersProps {
  all: readonly OperationView[];
  service: string | null;
  states: readonly OperationState[];
  onChange: (name: string, value: string) => void;
}

function Filters({ all, service, states, onChange }: FiltersProps) {
  const { model } = useCluster();
  const names = Object.values(model.services)
    .map(({ name }) => name)
    .sort(compareNatural);
  return (
    <FilterBar>
      <PillMenu
        label={t("services.filter.state")}
        value={states}
        onChange={(next) => onChange("state", next.join(","))}
        options={operationStates.map((each) => ({
          value: each,
          label: say(t, stateLook[each].word),
          mark: <HealthMark health={healthMark[stateLook[each].mark]} size={12} />,
          count: all.filter((row) => row.state === each).length,
        }))}
      />
      <PillMenu
        label={t("services.column.service")}
        value={service === null ? [] : [service]}
        onChange={(next) => onChange("service", next.find((name) => name !== service) ?? "")}
        options={[...new Set(service === null ? names : [service, ...names])].map((name) => ({
          value: name,
          label: name,
        }))}
      />
    </FilterBar>
  );
}

function columns(hrefOf: (row: OperationView) => string): readonly TableColumn<OperationView>[] {
  return [
    {
      id: "service",
      header: t("services.column.service"),
      width: "18%",
      compare: (a, b) => compareNatural(a.service.name, b.service.name),
      cell: (row) => <span className="truncate font-medium">{row.service.name}</span>,
    },
    {
      id: "what",
      header: t("history.column.what"),
      width: "20%",
      cell: (row) => (
        <ListLink href={hrefOf(row)} className="truncate hover:underline">
          {say(t, operationTitle(row))}
        </ListLink>
      ),
    },
    { id: "state", header: t("services.filter.state"), width: 120, cell: (row) => <State row={row} /> },
    {
      id: "words",
      header: t("history.column.words"),
      hideBelow: 1024,
      cell: (row) => (
        <span className="block truncate text-ink-2" title={say(t, row.words)}>
          {say(t, row.words)}
        </span>
      ),
    },
    {
      id: "who",
      header: t("history.column.who"),
      width: "16%",
      hideBelow: 1280,
      cell: (row) => <span className="truncate text-ink-2">{say(t, byWhom(row.userName, row.via))}</span>,
    },
    {
      id: "began",
      header: t("history.column.began"),
      width: 92,
      align: "right",
      compare: (a, b) => a.startedAt - b.startedAt,
      cell: (row) => <RelativeTime at={row.startedAt} ago />,
    },
    {
      id: "took",
      header: t("history.column.took"),
      width: 72,
      align: "right",
      hideBelow: 1024,
      cell: (row) => (
        <span className="text-ink-2">
          {row.endedAt === null ? "" : formatDuration(row.endedAt - row.startedAt)}
        </span>
      ),
    },
  ];
}

function State({ row }: { row: OperationView }) {
  const look = stateLook[row.state];
  return (
    <span className="flex items-center gap-2">
      <HealthMark health={healthMark[look.mark]} size={12} />
      <span className={toneClass[look.tone]}>{say(t, look.word)}</span>
    </span>
  );
}

function Item({ row, href }: { row: OperationView; href: string }) {
  return (
    <>
      <div className="flex min-w-0 items-center gap-2">
        <ListLink href={href} className="min-w-0 flex-1 truncate font-medium">
          {row.service.name}: {say(t, operationTitle(row))}
        </ListLink>
        <State row={row} />
      </div>
      <div className="mt-0.5 flex gap-2 text-12 text-ink-3">
        <span className="min-w-0 flex-1 truncate">{say(t, row.words)}</span>
        <RelativeTime at={row.startedAt} ago />
      </div>
    </>
  );
}
