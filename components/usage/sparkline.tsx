import { clsx } from "clsx";
import type { UsageValues } from "#lib/shared/usage/topic.ts";
import { newestOf } from "#lib/shared/usage/usage-state.ts";
import { linePath } from "./line-path.ts";

export interface SparklineProps {
  /** Oldest first; null is a gap. */
  values: UsageValues;
  /** What the top stands for; the largest value when not given. */
  most: number;
  width?: number;
  height?: number;
  className?: string;
}

/** A small line without axes. The number stands beside it: it says nothing to a screen reader. */
export function Sparkline({ values, most, width = 64, height = 18, className }: SparklineProps) {
  const scale = { from: 0, to: Math.max(1, values.length - 1), most, width: width - 2, height: height - 3 };
  const path = linePath(
    values.map((value, i) => [i, value] as const),
    scale,
  );
  return (
    <svg
      data-slot="sparkline"
      data-known={newestOf(values) !== null || undefined}
      aria-hidden="true"
      width={width}
      height={height}
      className={clsx("shrink-0 overflow-visible text-bar-used", className)}
    >
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} stroke="var(--bar-track)" />
      <path
        d={path}
        transform="translate(1 1.5)"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
