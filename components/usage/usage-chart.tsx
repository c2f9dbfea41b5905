"use client";

import "#lib/shared/i18n/pages/usage.ts";
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from "react";
import { t } from "#lib/shared/i18n/translate.ts";
import type { UsageMetric } from "#lib/shared/usage/metrics.ts";
import type { ChartPoint } from "#lib/shared/usage/usage-state.ts";
import { formatUse, niceMost } from "./format-use.ts";
import { type ChartScale, linePath, nearestPoint, xOf, yOf } from "./line-path.ts";

export interface ChartLine {
  readonly id: string;
  readonly name: string;
  readonly points: readonly ChartPoint[];
  /** `part`: one of those that the whole is the sum of, drawn thin. */
  readonly look: "whole" | "second" | "part";
}

/** A level that use is held against. */
export interface ChartMark {
  readonly kind: "limit" | "reserved" | "total";
  readonly value: number;
}

export interface UsageChartProps {
  title: string;
  metric: UsageMetric;
  lines: readonly ChartLine[];
  marks?: readonly ChartMark[];
  /** ms since 1970. */
  from: number;
  to: number;
}

const height = 104;
const looks = {
  whole: { stroke: "var(--bar-used)", strokeWidth: 1.75 },
  second: { stroke: "var(--bar-used)", strokeWidth: 1.5, strokeDasharray: "1 3.5" },
  part: { stroke: "var(--ink-3)", strokeWidth: 1, opacity: 0.45 },
} as const;
const markDash = { limit: "none", reserved: "5 3", total: "1 3" } as const;
/** Most parts named in the readout: those that use most. */
const mostNamed = 3;

function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    setWidth(element.clientWidth);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width] as const;
}

function mostOf({ lines, marks = [], metric, from }: UsageChartProps): number {
  const values = lines.flatMap(({ points }) => points.map(([at, value]) => (at < from ? 0 : (value ?? 0))));
  const used = values.reduce((most, value) => Math.max(most, value), 0);
  // A level far above the use would press the line to the ground: then it is only named.
  const levels = marks.map(({ value }) => value).filter((value) => value <= used * 4);
  // Room above, so that nothing is pressed against the edge.
  return niceMost(metric, 1.05 * Math.max(used, ...levels));
}

/** A line over time with axes, units, and what it was at the pointed moment. Arrows move there too. */
export function UsageChart(props: UsageChartProps) {
  const { title, metric, lines, marks = [], from, to } = props;
  const [ref, width] = useWidth();
  const [pointedAt, setPointedAt] = useState<number | null>(null);
  const most = mostOf(props);
  const scale: ChartScale = { from, to, most, width, height };
  const whole = lines.find(({ look }) => look === "whole")?.points ?? [];
  const now = whole.findLast(([, value]) => value !== null)?.[1] ?? null;
  const pointed = pointedAt === null ? null : nearestPoint(whole, pointedAt);

  const point = (event: PointerEvent<HTMLElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    setPointedAt(from + ((event.clientX - left) / Math.max(1, width)) * (to - from));
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = pointed === null ? -1 : whole.indexOf(pointed);
    setPointedAt(
      whole[Math.min(whole.length - 1, Math.max(0, (at < 0 ? whole.length - 1 : at) + by))]?.[0] ?? null,
    );
  };
  return (
    <figure data-slot="usage-chart" data-metric={metric} className="min-w-0">
      <figcaption className="mb-1.5 flex min-h-4 items-baseline gap-2 text-12">
        <span className="shrink-0 font-medium">{title}</span>
        <Readout lines={lines} metric={metric} at={pointed?.[0] ?? null} now={now} />
      </figcaption>
      <div
        ref={ref}
        role="img"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows read the values one by one
        tabIndex={0}
        aria-label={t("usage.chart", {
          title,
          now: now === null ? t("usage.unknown") : formatUse(metric, now),
        })}
        className="relative rounded-1"
        style={{ height: height + 16 }}
        onPointerMove={point}
        onPointerLeave={() => setPointedAt(null)}
        onBlur={() => setPointedAt(null)}
        onKeyDown={step}
      >
        {width > 0 && (
          <svg
            aria-hidden="true"
            width={width}
            height={height + 16}
            className="absolute inset-0 overflow-hidden"
          >
            <Axes scale={scale} metric={metric} />
            {marks.map((mark) => (
              <Mark key={mark.kind} mark={mark} scale={scale} metric={metric} />
            ))}
            {lines.map((line) => (
              <path
                key={line.id}
                d={linePath(line.points, scale)}
                fill="none"
                strokeLinejoin="round"
                strokeLinecap="round"
                {...looks[line.look]}
              />
            ))}
            {pointed && (
              <line
                x1={xOf(pointed[0], scale)}
                x2={xOf(pointed[0], scale)}
                y1={0}
                y2={height}
                stroke="var(--ink-3)"
              />
            )}
          </svg>
        )}
      </div>
    </figure>
  );
}

function Axes({ scale, metric }: { scale: ChartScale; metric: UsageMetric }) {
  const { from, to, most, width } = scale;
  const minutes = (to - from) / 60_000;
  const everyMinutes = minutes > 5 ? 5 : 1;
  const ticks = Array.from({ length: Math.floor(minutes / everyMinutes) }, (_, i) => i * everyMinutes);
  return (
    <g fontSize="11" fill="var(--ink-3)">
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <line
            x1={0}
            x2={width}
            y1={yOf(share * most, scale) + 0.5}
            y2={yOf(share * most, scale) + 0.5}
            stroke="var(--line)"
          />
          {share > 0 && (
            <text x={2} y={yOf(share * most, scale) + 12}>
              {formatUse(metric, share * most)}
            </text>
          )}
        </g>
      ))}
      {ticks.map((ago) => (
        <text
          key={ago}
          x={xOf(to - ago * 60_000, scale)}
          y={height + 13}
          textAnchor={ago === 0 ? "end" : "middle"}
        >
          {ago === 0 ? t("usage.now") : t("usage.ago", { n: ago })}
        </text>
      ))}
    </g>
  );
}

function Mark({ mark, scale, metric }: { mark: ChartMark; scale: ChartScale; metric: UsageMetric }) {
  const isAbove = mark.value > scale.most;
  const y = Math.round(yOf(mark.value, scale)) + 0.5;
  return (
    <g>
      {!isAbove && (
        <line
          x1={0}
          x2={scale.width}
          y1={y}
          y2={y}
          stroke="var(--warn-mark)"
          strokeDasharray={markDash[mark.kind]}
        />
      )}
      <text
        x={scale.width - 2}
        y={isAbove ? 12 : y < 14 ? y + 12 : y - 3}
        textAnchor="end"
        fontSize="11"
        fill="var(--ink-2)"
      >
        {t(`usage.mark.${mark.kind}`, { value: formatUse(metric, mark.value) })}
        {isAbove && " ↑"}
      </text>
    </g>
  );
}

interface ReadoutProps {
  lines: readonly ChartLine[];
  metric: UsageMetric;
  at: number | null;
  now: number | null;
}

/** The pointed moment and its values; the newest while nothing is pointed at. */
function Readout({ lines, metric, at, now }: ReadoutProps) {
  if (at === null) {
    const second = lines.find(({ look }) => look === "second");
    const also = second?.points.findLast(([, value]) => value !== null)?.[1] ?? null;
    return (
      <span className="min-w-0 truncate text-ink-2">
        {now === null ? t("usage.unknown") : named(lines, "whole", formatUse(metric, now))}
        {second && also !== null && ` · ${second.name} ${formatUse(metric, also)}`}
      </span>
    );
  }
  const values = lines.map((line) => ({ line, value: nearestPoint(line.points, at)?.[1] ?? null }));
  const parts = values
    .filter(({ line, value }) => line.look === "part" && value !== null)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
    .slice(0, mostNamed);
  const others = values.filter(({ line }) => line.look !== "part");
  return (
    <output className="min-w-0 truncate text-ink-2">
      <time>{new Date(at).toLocaleTimeString()}</time>{" "}
      {[...others, ...parts]
        .map(({ line, value }) => {
          const text = value === null ? t("usage.unknown") : formatUse(metric, value);
          return line.name === "" ? text : `${line.name} ${text}`;
        })
        .join(" · ")}
    </output>
  );
}

function named(lines: readonly ChartLine[], look: ChartLine["look"], text: string): string {
  const name = lines.find((line) => line.look === look)?.name ?? "";
  return name === "" ? text : `${name} ${text}`;
}
