"use client";

import "#lib/shared/i18n/pages/audit.ts";
import { FilterBar, FilterInput } from "#components/data/filter-bar.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Input } from "#components/ui/input.tsx";
import { Menu, MenuChoices } from "#components/ui/menu.tsx";
import { Pill, PillMenu } from "#components/ui/pill-menu.tsx";
import { auditResults } from "#lib/shared/api/people-types.ts";
import { type AuditPeriod, auditPeriods } from "#lib/shared/audit-query.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { resultWord } from "./audit-parts.tsx";

const anyTime = "any";
const periodWords = {
  hour: "audit.hour",
  day: "audit.day",
  week: "audit.week",
  month: "audit.month",
} as const satisfies Record<AuditPeriod, string>;
const periods = Object.keys(auditPeriods) as AuditPeriod[];
const timeOptions = [
  { value: anyTime, label: t("audit.anyTime") },
  ...periods.map((period) => ({ value: period, label: t(periodWords[period]) })),
];

export interface AuditFiltersProps {
  /** The query of the page's address. */
  query: URLSearchParams;
  actions: readonly string[];
  onChange: (query: URLSearchParams) => void;
}

/** What narrows the log: object, who, action, result, time. */
export function AuditFilters({ query, actions, onChange }: AuditFiltersProps) {
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    if (value === "") next.delete(name);
    else next.set(name, value);
    onChange(next);
  };
  const chosen = (name: string) => query.get(name)?.split(",").filter(Boolean) ?? [];
  const period = timeOptions.find((option) => option.value === query.get("period"))?.value ?? anyTime;
  return (
    <FilterBar className="max-sm:flex-wrap">
      <FilterInput
        placeholder={t("audit.object")}
        value={query.get("object") ?? ""}
        onChange={(value) => set("object", value)}
        className="sm:w-[220px]! max-sm:min-w-[42%]"
      />
      <Input
        size="sm"
        type="search"
        aria-label={t("audit.who")}
        placeholder={t("audit.who")}
        value={query.get("who") ?? ""}
        onChange={(event) => set("who", event.target.value)}
        spellCheck={false}
        autoComplete="off"
        leading={<Icon name="user" size={14} />}
        className="w-[180px] shrink-0 max-sm:w-auto max-sm:min-w-[42%] max-sm:flex-1"
      />
      <PillMenu
        label={t("audit.action")}
        value={chosen("action")}
        onChange={(value) => set("action", value.join(","))}
        options={[...new Set([...actions, ...chosen("action")])].map((action) => ({
          value: action,
          label: action,
        }))}
      />
      <PillMenu
        label={t("audit.result")}
        value={chosen("result")}
        onChange={(value) => set("result", value.join(","))}
        options={auditResults.map((result) => ({ value: result, label: resultWord(result) }))}
      />
      <Menu
        align="start"
        trigger={
          <Pill on={period !== anyTime}>
            {t("audit.time")}
            {period !== anyTime && (
              <span className="font-semibold">
                {timeOptions.find(({ value }) => value === period)?.label}
              </span>
            )}
            <Icon name="chevron-down" size={14} className={period === anyTime ? "text-ink-3" : undefined} />
          </Pill>
        }
      >
        <MenuChoices
          value={period}
          options={timeOptions}
          onChange={(value) => set("period", value === anyTime ? "" : value)}
        />
      </Menu>
    </FilterBar>
  );
}
