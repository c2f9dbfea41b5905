"use client";

import "#lib/shared/i18n/pages/usage.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ServiceView, TaskView } from "#lib/shared/model/types.ts";
import { coarseStepMs } from "#lib/shared/usage/metrics.ts";
import { newestOf, valuesOf } from "#lib/shared/usage/usage-state.ts";
import { formatShare, formatUse, niceMost } from "./format-use.ts";
import { Sparkline } from "./sparkline.tsx";
import { SilentNotes } from "./usage-charts.tsx";
import { useUsage } from "./use-usage.ts";

const metrics = ["cpu", "memory"] as const;

/** CPU and memory of one task: now, and as a line over the last quarter of an hour. */
export function TaskUsage({ task, service }: { task: TaskView; service: ServiceView | undefined }) {
  const state = useUsage({ kind: "task", id: task.id });
  const known = metrics.map((metric) => ({
    metric,
    values: valuesOf(state, coarseStepMs, task.id, metric),
    limit: metric === "cpu" ? (service?.limitNanoCpus ?? 0) / 1e9 : (service?.limitMemoryBytes ?? 0),
  }));
  const isKnown = known.some(({ values }) => values.some((value) => value !== null));
  if (!isKnown && state.silent.length === 0) return null;
  return (
    <section aria-label={t("usage.title")} data-slot="task-usage">
      <h3 className="mb-1.5 text-12 font-medium text-ink-3">{t("usage.title")}</h3>
      <SilentNotes silent={state.silent} />
      {isKnown && (
        <dl className="grid grid-cols-2 gap-4">
          {known.map(({ metric, values, limit }) => {
            const now = newestOf(values);
            const most = niceMost(metric, Math.max(0, ...values.map((value) => value ?? 0)));
            return (
              <div key={metric} className="min-w-0">
                <dt className="text-12 text-ink-3">{t(`usage.${metric}`)}</dt>
                <dd className="flex flex-col gap-1">
                  <span className="truncate">
                    {now === null
                      ? t("usage.unknown")
                      : limit > 0
                        ? formatShare(metric, now, limit)
                        : formatUse(metric, now)}
                  </span>
                  <Sparkline values={values} most={most} width={180} height={30} className="max-w-full" />
                </dd>
              </div>
            );
          })}
        </dl>
      )}
    </section>
  );
}
