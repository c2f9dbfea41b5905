"use client";

import "#lib/shared/i18n/pages/events.ts";
import { clsx } from "clsx";
import { useId, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { causeOf } from "#lib/shared/events/event-cause.ts";
import { eventWords } from "#lib/shared/events/event-words.ts";
import { type EventGroup, timeOf } from "#lib/shared/events/group-events.ts";
import { groupActor, groupSeverity, groupWords } from "#lib/shared/events/group-words.ts";
import type { ClusterEvent } from "#lib/shared/events/types.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { linksOf } from "./event-links.ts";
import { EventMark, GroupMark } from "./group-mark.tsx";
import { plainSentence, Sentence } from "./sentence.tsx";

export interface GroupRowProps {
  group: EventGroup;
  /** In a panel beside other facts: without the stack and in one line. */
  narrow?: boolean;
  /** 12:41:08 of a moment in the reader's zone. */
  clock: (at: number) => string;
}

/** One story: its mark, its sentence with links, who began it, when; it opens to its events. */
export function GroupRow({ group, narrow, clock }: GroupRowProps) {
  const { model, href } = useCluster();
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  const words = groupWords(group);
  const title = say(t, words.title);
  const severity = groupSeverity(group);
  const actor = groupActor(group);
  const links = linksOf(group.events, model, href);
  const stack = group.lead.stack;
  const many = group.events.length > 1;
  return (
    <div data-slot="event-group" data-severity={severity} className="min-w-0">
      <div className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-start gap-x-2.5 py-[7px]">
        <span className="grid h-[18px] place-items-center">
          <GroupMark group={group} severity={severity} model={model} />
        </span>
        <div className="min-w-0">
          <p className={clsx("break-words", severity === "bad" ? "text-ink" : "text-ink-2")}>
            {severity !== "info" && <span className="sr-only">{t(`events.severity.${severity}`)}: </span>}
            <Sentence text={title} links={links} />
            {stack !== null && !narrow && <span className="ml-2 text-12 text-ink-3">{stack}</span>}
          </p>
          {words.details.length > 0 && (
            <p
              className={clsx(
                "text-12 break-words",
                severity === "bad" ? "text-bad" : severity === "warn" ? "text-warn" : "text-ink-3",
              )}
            >
              <Sentence text={words.details.map((detail) => say(t, detail)).join(" ")} links={links} />
            </p>
          )}
        </div>
        <div className="flex items-center gap-2.5 text-12 text-ink-3">
          {actor !== null && (
            <span className="max-w-36 truncate max-sm:hidden" title={t("events.byHint", { name: actor })}>
              {t("events.by", { name: actor })}
            </span>
          )}
          <RelativeTime at={timeOf(group)} ago className="min-w-14 text-right leading-[18px]" />
          {many ? (
            <button
              type="button"
              aria-expanded={isOpen}
              aria-controls={listId}
              aria-label={t("events.expand", { n: group.events.length, title: plainSentence(title) })}
              onClick={() => setOpen(!isOpen)}
              className="-my-0.5 flex h-6 w-11 items-center justify-end gap-0.5 rounded-1 px-1 hover:bg-surface-3 hover:text-ink touch:h-11"
            >
              {group.events.length}
              <Icon name={isOpen ? "chevron-up" : "chevron-down"} size={14} />
            </button>
          ) : (
            <span className="w-11" />
          )}
        </div>
        {actor !== null && (
          <span className="col-start-2 text-12 text-ink-3 sm:hidden">{t("events.by", { name: actor })}</span>
        )}
      </div>
      {isOpen && (
        <ol id={listId} className="mb-2 ml-[26px] grid gap-1 border-l border-line pl-3">
          {group.events.toReversed().map((event) => (
            <EventLine key={event.id} event={event} links={links} clock={clock} />
          ))}
        </ol>
      )}
    </div>
  );
}

interface EventLineProps {
  event: ClusterEvent;
  links: ReadonlyMap<string, string>;
  clock: (at: number) => string;
}

function EventLine({ event, links, clock }: EventLineProps) {
  const { model } = useCluster();
  const cause = causeOf(event);
  return (
    <li className="grid grid-cols-[auto_14px_minmax(0,1fr)] items-start gap-x-2 text-12">
      <time
        dateTime={new Date(event.at).toISOString()}
        className="text-ink-3 tabular-nums"
        suppressHydrationWarning
      >
        {clock(event.at)}
      </time>
      <span className="grid h-4 place-items-center">
        <EventMark event={event} model={model} />
      </span>
      <span className="min-w-0 break-words text-ink-2">
        <Sentence text={say(t, eventWords(event))} links={links} />
        {cause && <span className="text-ink-3"> · {say(t, cause)}</span>}
        {event.actor !== null && (
          <span className="text-ink-3"> · {t("events.by", { name: event.actor })}</span>
        )}
      </span>
    </li>
  );
}
