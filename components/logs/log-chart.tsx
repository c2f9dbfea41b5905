"use client";

import "#lib/shared/i18n/pages/logs.ts";
import { clsx } from "clsx";
import { formatDuration, formatExact } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { LogPicture } from "./use-log-feed.ts";

export interface LogChartProps {
  chart: LogPicture["chart"];
  /** Goes to the first line of a stretch of time. */
  onJump: (at: number) => void;
}

/** How many lines there are when, errors in red; a click goes there. */
export function LogChart({ chart: { bars, stepMs }, onJump }: LogChartProps) {
  const most = Math.max(1, ...bars.map((bar) => bar.lines));
  return (
    <fieldset
      data-slot="log-chart"
      aria-label={t("logs.chart", { time: formatDuration(stepMs) })}
      className="flex h-10 shrink-0 items-end gap-px border-b border-line px-5 pt-1.5 max-sm:px-3.5"
    >
      {bars.map((bar) => (
        <button
          key={bar.at}
          type="button"
          tabIndex={-1}
          title={t("logs.bar", { n: bar.lines, errors: bar.errors, time: formatExact(bar.at) })}
          aria-label={t("logs.bar", { n: bar.lines, errors: bar.errors, time: formatExact(bar.at) })}
          disabled={bar.lines === 0}
          onClick={() => onJump(bar.at)}
          className="group flex h-full min-w-0 max-w-4 flex-1 cursor-pointer items-end disabled:cursor-default"
        >
          <span
            className={clsx(
              "flex w-full flex-col justify-end overflow-hidden rounded-t-[1.5px] bg-bar-reserved group-hover:bg-accent-line",
              bar.lines > 0 && "min-h-[2px]",
            )}
            style={{ height: `${(bar.lines / most) * 100}%` }}
          >
            {bar.errors > 0 && (
              <span
                className="min-h-[2px] w-full bg-bad-mark"
                style={{ height: `${(bar.errors / bar.lines) * 100}%` }}
              />
            )}
          </span>
        </button>
      ))}
    </fieldset>
  );
}
