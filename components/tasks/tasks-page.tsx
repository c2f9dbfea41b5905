"use client";

import "#lib/shared/i18n/pages/task-pages.ts";
import { useMemo } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { ChosenTask } from "#components/cluster/task/chosen-task.tsx";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { Table } from "#components/data/table.tsx";
import { useSearchTexts } from "#components/data/use-search-texts.ts";
import { PageHead } from "#components/layout/page-head.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import type { TaskView } from "#lib/shared/model/types.ts";
import { TaskItem, taskColumns } from "./task-columns.tsx";
import { filterTasks, readTaskFilter, searchText, writeTaskFilter } from "./task-filter.ts";
import { TaskFilters } from "./task-filters.tsx";
import { taskRows } from "./task-rows.ts";
import { type EarlierTasks, useEarlierTasks } from "./use-earlier-tasks.ts";

/** The address itself and not the query of this render: two changes in a row must both last. */
function addressNow(): URLSearchParams {
  return new URLSearchParams(window.location.search);
}

const noTasks: readonly TaskView[] = [];
const noOrder: readonly string[] = [];

/** All tasks of the cluster: trouble first, filtered by the address; a row opens its drawer over the table. */
export function TasksPage() {
  const { model, freshness, href } = useCluster();
  const [query, setQuery] = useAddressQuery();
  const isWhole = query.get("earlier") === "1";
  const earlier = useEarlierTasks(isWhole);
  const filter = readTaskFilter(query);
  const chosen = query.get("task");
  const set = (name: string, value: string | null) => {
    const next = addressNow();
    if (value === null) next.delete(name);
    else next.set(name, value);
    setQuery(next);
  };

  // By hand: the compiler would make them again with every key in the filter, which they are handed to.
  const rows = useMemo(() => taskRows(model, earlier.tasks ?? noTasks), [model, earlier.tasks]);
  const shown = filterTasks(rows, filter);
  useSearchTexts(rows, searchText);
  const now = Object.keys(model.tasks).length;
  return (
    <>
      <PageHead
        title={t("tasks.title")}
        note={
          earlier.tasks === null
            ? now.toLocaleString("en")
            : t("services.tasks.counts", { now, earlier: rows.length - now })
        }
        actions={
          <Segmented
            label={t("tasks.history")}
            value={isWhole ? "earlier" : "now"}
            onChange={(value) => set("earlier", value === "earlier" ? "1" : null)}
            options={[
              { value: "now", label: t("services.tasks.now") },
              { value: "earlier", label: t("tasks.historyEarlier") },
            ]}
          />
        }
        freshness={freshness}
      />
      <TaskFilters
        rows={rows}
        filter={filter}
        onChange={(next) => setQuery(writeTaskFilter(addressNow(), next))}
      />
      {isWhole && <EarlierState earlier={earlier} />}
      <Table
        label={t("tasks.title")}
        rows={shown}
        keyOf={(row) => row.line.task.id}
        nameOf={(row) => row.name}
        columns={taskColumns(href)}
        onOpen={(row) => set("task", row.line.task.id)}
        mobile={(row) => <TaskItem row={row} />}
        empty={
          <NoTasks
            total={rows.length}
            onClear={() => setQuery(writeTaskFilter(addressNow(), readTaskFilter(new URLSearchParams())))}
          />
        }
      />
      <ChosenTask
        task={chosen}
        order={chosen === null ? noOrder : shown.map((row) => row.line.task.id)}
        onSelect={(task) => set("task", task)}
      />
    </>
  );
}

/** While earlier tasks are being read, or why they could not be. */
function EarlierState({ earlier }: { earlier: EarlierTasks }) {
  if (earlier.error) {
    return (
      <Banner
        tone="warn"
        role="alert"
        className="mx-5 mt-3 max-sm:mx-4"
        title={t("tasks.historyFailed")}
        actions={
          <Button size="sm" onClick={earlier.reload}>
            {t("common.retry")}
          </Button>
        }
      >
        {earlier.error.message}
      </Banner>
    );
  }
  if (earlier.tasks !== null) return null;
  return (
    <p role="status" className="border-b border-line px-5 py-2 text-12 text-ink-3 max-sm:px-4">
      {t("tasks.historyReading")}
    </p>
  );
}

function NoTasks({ total, onClear }: { total: number; onClear: () => void }) {
  if (total === 0) return <EmptyState icon="tasks" title={t("tasks.empty")} />;
  return (
    <EmptyState
      icon="search"
      title={t("common.noMatch")}
      action={<Button onClick={onClear}>{t("common.clearFilter")}</Button>}
    />
  );
}
