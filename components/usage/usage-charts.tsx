"use client";

import "#lib/shared/i18n/pages/usage.ts";
import { clsx } from "clsx";
import { type ReactNode, useState } from "react";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { coarseStepMs, fineStepMs, type UsageMetric } from "#lib/shared/usage/metrics.ts";
import type { SilentNode } from "#lib/shared/usage/topic.ts";
import { chartLine, type UsageState } from "#lib/shared/usage/usage-state.ts";
import { type ChartLine, type ChartMark, UsageChart } from "./usage-chart.tsx";

/** One chart of a panel; `second` is drawn dotted beside the first. */
export interface ChartChoice {
  readonly metric: UsageMetric;
  readonly title: string;
  /** Names of the two where there are two: "received", "sent". */
  readonly names?: readonly [string, string];
  readonly second?: UsageMetric;
  readonly marks?: readonly ChartMark[];
}

export interface UsageChartsProps {
  /** Series of the whole. */
  id: string;
  state: UsageState;
  charts: readonly ChartChoice[];
  /** What the parts are called, by id of their series; those without a name are left out. */
  partName?: (id: string) => string | null;
  note?: ReactNode;
  /** Fewer, smaller. */
  narrow?: boolean;
}

/** The newest moment that anything is known of. */
function endOf(state: UsageState, id: string): number {
  return Math.max(
    ...[coarseStepMs, fineStepMs].map((stepMs) => ((state.grids[stepMs]?.[id]?.slot ?? 0) + 1) * stepMs),
  );
}

const ranges = { quarter: 15 * 60_000, minutes: 2 * 60_000 } as const;
type Range = keyof typeof ranges;

/** The charts of one thing, live, with what its tasks use. */
export function UsageCharts({ id, state, charts, partName, note, narrow }: UsageChartsProps) {
  const [range, setRange] = useState<Range>("quarter");
  const to = endOf(state, id);
  const parts = partName ? Object.keys(state.grids[coarseStepMs] ?? {}).filter((key) => key !== id) : [];
  const linesOf = ({ metric, second, names = ["", ""] }: ChartChoice): ChartLine[] => [
    ...(second ? [] : parts).flatMap((key): ChartLine[] => {
      const name = partName?.(key) ?? null;
      return name === null ? [] : [{ id: key, name, points: chartLine(state, key, metric), look: "part" }];
    }),
    { id, name: names[0], points: chartLine(state, id, metric), look: "whole" },
    ...(second
      ? [{ id: second, name: names[1], points: chartLine(state, id, second), look: "second" as const }]
      : []),
  ];
  return (
    <Panel
      title={t("usage.title")}
      aside={
        <Segmented
          label={t("usage.range")}
          value={range}
          onChange={setRange}
          options={[
            { value: "quarter", label: t("usage.range.quarter") },
            { value: "minutes", label: t("usage.range.minutes") },
          ]}
        />
      }
    >
      <SilentNotes silent={state.silent} />
      <div className={clsx("grid gap-x-6 gap-y-4", !narrow && "sm:grid-cols-2")}>
        {charts.map((choice) => (
          <UsageChart
            key={choice.metric}
            title={choice.title}
            metric={choice.metric}
            lines={linesOf(choice)}
            marks={choice.marks}
            from={to - ranges[range]}
            to={to}
          />
        ))}
      </div>
      {note && <p className="mt-3 text-12 text-ink-3">{note}</p>}
    </Panel>
  );
}

/** Which nodes tell nothing now, and why: part of the numbers is missing then. */
export function SilentNotes({ silent }: { silent: readonly SilentNode[] }) {
  if (silent.length === 0) return null;
  return (
    <ul data-slot="usage-silent" className="mb-3 flex flex-col gap-1 text-12 text-warn">
      {silent.slice(0, 5).map(({ id, name, why }) => (
        <li key={id}>{t("usage.silent", { name, why })}</li>
      ))}
      {silent.length > 5 && <li>{t("common.andMore", { n: silent.length - 5 })}</li>}
    </ul>
  );
}

/** Network and disk, the same for everything that runs containers. */
export const trafficCharts = (): readonly ChartChoice[] => [
  {
    metric: "rx",
    second: "tx",
    title: t("usage.network"),
    names: [t("usage.received"), t("usage.sent")],
  },
  { metric: "read", second: "write", title: t("usage.io"), names: [t("usage.read"), t("usage.written")] },
];
