"use client";

import "#lib/shared/i18n/pages/events.ts";
import { useRef, useState } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { Chip } from "#components/ui/tag.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { usePointedAt } from "#components/ui/use-pointed-at.ts";
import { type EventGroup, timeOf } from "#lib/shared/events/group-events.ts";
import { formatDuration, formatExact } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { GroupRow } from "./group-row.tsx";
import { useHeldGroups } from "./use-held-groups.ts";

/** Times in the reader's own zone; in UTC until the page has been hydrated, so that both sides draw the same. */
export function useClocks() {
  const now = useNow(60_000);
  const timeZone = now > 0 ? undefined : "UTC";
  const format = (options: Intl.DateTimeFormatOptions, locale = "en-GB") =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone });
  const minutes = format({ timeStyle: "short" });
  const seconds = format({ timeStyle: "medium" });
  const days = format({ year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA");
  const titles = format({ weekday: "long", day: "numeric", month: "long" });
  const dayTitle = (at: number) => {
    const day = days.format(at);
    const date = titles.format(at);
    const today = now || at;
    if (now > 0 && day === days.format(today)) return `${t("events.today")}, ${date}`;
    if (now > 0 && day === days.format(today - 86_400_000)) return `${t("events.yesterday")}, ${date}`;
    return date;
  };
  return {
    minute: (at: number) => minutes.format(at),
    second: (at: number) => seconds.format(at),
    day: (at: number) => days.format(at),
    dayTitle,
    exact: (at: number) => formatExact(at, timeZone),
  };
}

/** Stories by day and minute, newest first. While the pointer or focus is inside, new ones wait behind a chip. */
export function Timeline({ groups }: { groups: readonly EventGroup[] }) {
  const list = useRef<HTMLElement>(null);
  const { isPointedAt, handlers } = usePointedAt(list);
  const [isFocused, setFocused] = useState(false);
  const held = useHeldGroups(groups, isPointedAt || isFocused);
  const clocks = useClocks();
  const days = [...Map.groupBy(held.groups, (group) => clocks.day(timeOf(group)))];
  return (
    <section
      ref={list}
      aria-label={t("events.list")}
      {...handlers}
      onFocus={() => setFocused(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false);
      }}
    >
      {held.waiting > 0 && (
        <div className="sticky top-1.5 z-20 h-0 text-center">
          <Chip
            tone="move"
            onClick={held.release}
            className="border border-accent-line text-accent! shadow-2"
          >
            {t("events.newer", { n: held.waiting })}
          </Chip>
        </div>
      )}
      {days.map(([day, own]) => (
        <section key={day}>
          <h2
            className="sticky top-0 z-10 border-b border-line bg-bg px-5 py-1.5 text-12 font-medium text-ink-3 max-sm:px-4"
            suppressHydrationWarning
          >
            {clocks.dayTitle(timeOf(own[0] as EventGroup))}
          </h2>
          <ol>
            {own.map((group, index) => (
              <Minute key={group.key} group={group} before={own[index - 1]} clocks={clocks} />
            ))}
          </ol>
        </section>
      ))}
    </section>
  );
}

interface MinuteProps {
  group: EventGroup;
  /** The newer one above. */
  before: EventGroup | undefined;
  clocks: ReturnType<typeof useClocks>;
}

/** A story beside its minute, which is written once for all stories of it. */
function Minute({ group, before, clocks }: MinuteProps) {
  const minute = clocks.minute(timeOf(group));
  const isSame = before !== undefined && clocks.minute(timeOf(before)) === minute;
  const gap = group.events.find(({ facts }) => typeof facts.gapFrom === "number");
  return (
    <li className="grid grid-cols-[52px_minmax(0,1fr)] items-start border-b border-line px-5 hover:bg-surface-2 max-sm:grid-cols-[44px_minmax(0,1fr)] max-sm:px-4">
      <span className="pt-[7px] text-12 leading-[18px] text-ink-3 tabular-nums" suppressHydrationWarning>
        <span className={isSame ? "sr-only" : undefined}>{minute}</span>
      </span>
      <div className="min-w-0">
        <GroupRow group={group} clock={clocks.second} />
        {gap && <Gap from={Number(gap.facts.gapFrom)} to={gap.at} exact={clocks.exact} />}
      </div>
    </li>
  );
}

function Gap({ from, to, exact }: { from: number; to: number; exact: (at: number) => string }) {
  return (
    <p
      data-slot="event-gap"
      className="mb-2 ml-[26px] flex items-start gap-2 rounded-2 border border-dashed border-warn-line bg-warn-soft px-2.5 py-1.5 text-12 text-warn"
      suppressHydrationWarning
    >
      <Icon name="clock" size={14} className="mt-px" />
      {t("events.gap", { time: formatDuration(to - from), from: exact(from), to: exact(to) })}
    </p>
  );
}
