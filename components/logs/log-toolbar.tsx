"use client";

import "#lib/shared/i18n/pages/logs.ts";
import { FilterBar, FilterInput } from "#components/data/filter-bar.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Pill, PillMenu } from "#components/ui/pill-menu.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import { logLevels } from "#lib/shared/logs/log-level.ts";
import { type LogView, logRanges } from "./log-address.ts";
import { RangeMenu } from "./range-menu.tsx";

export interface LogToolbarProps {
  view: LogView;
  onView: (view: LogView) => void;
  /** Lines that match, of those that are kept. */
  matches: number;
  kept: number;
  /** Why the text is no pattern; null when it is one. */
  problem: string | null;
  /** Older lines are being read. */
  isReading: boolean;
}

/** Search, streams, levels, how far back, and what stands beside the lines. */
export function LogToolbar({ view, onView, matches, kept, problem, isReading }: LogToolbarProps) {
  const set = (part: Partial<LogView>) => onView({ ...view, ...part });
  return (
    <>
      <FilterBar>
        <FilterInput
          placeholder={t("logs.search")}
          value={view.text}
          onChange={(text) => set({ text })}
          className="w-[300px]! font-mono max-sm:w-[190px]! max-sm:flex-none!"
        />
        <Pill
          on={view.isRegex}
          aria-pressed={view.isRegex}
          aria-label={t("logs.regex")}
          title={t("logs.regex")}
          onClick={() => set({ isRegex: !view.isRegex })}
          className="font-mono"
        >
          .*
        </Pill>
        {view.text !== "" && (
          <>
            <Segmented
              label={t("logs.matches")}
              value={view.onlyMatches ? "only" : "all"}
              onChange={(value) => set({ onlyMatches: value === "only" })}
              options={[
                { value: "all", label: t("logs.highlight") },
                { value: "only", label: t("logs.onlyMatches") },
              ]}
            />
            <span role="status" className="shrink-0 text-12 whitespace-nowrap text-ink-3">
              {problem === null && t("logs.matchCount", { n: matches, kept })}
            </span>
          </>
        )}
        <PillMenu
          label={t("logs.stream")}
          options={(["stdout", "stderr"] as const).map((stream) => ({ value: stream, label: stream }))}
          value={view.streams}
          onChange={(chosen) =>
            set({ streams: (["stdout", "stderr"] as const).filter((stream) => chosen.includes(stream)) })
          }
        />
        <PillMenu
          label={t("logs.level")}
          options={logLevels.map((level) => ({ value: level, label: t(`logs.level.${level}`) }))}
          value={view.levels}
          onChange={(chosen) => set({ levels: logLevels.filter((level) => chosen.includes(level)) })}
        />
        <RangeMenu
          value={view.range}
          options={logRanges}
          isReading={isReading}
          onChange={(range) => set({ range })}
        />
        <span className="flex-1" />
        <Pill
          on={!view.hideTime}
          aria-pressed={!view.hideTime}
          onClick={() => set({ hideTime: !view.hideTime })}
        >
          <Icon name="clock" size={14} />
          {t("logs.time")}
        </Pill>
        <Pill
          on={!view.hideNames}
          aria-pressed={!view.hideNames}
          onClick={() => set({ hideNames: !view.hideNames })}
        >
          <Icon name="tasks" size={14} />
          {t("logs.names")}
        </Pill>
        <Pill on={view.wrap} aria-pressed={view.wrap} onClick={() => set({ wrap: !view.wrap })}>
          <Icon name="wrap" size={14} />
          {t("logs.wrap")}
        </Pill>
      </FilterBar>
      {problem !== null && (
        <p
          role="alert"
          className="border-b border-line bg-bad-soft px-5 py-1.5 text-12 text-bad max-sm:px-3.5"
        >
          {t("logs.badPattern", { why: problem })}
        </p>
      )}
    </>
  );
}
