"use client";

import "#lib/shared/i18n/pages/events.ts";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { ListLink } from "#components/ui/list-link.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { writeEventFilter } from "#lib/shared/events/address.ts";
import { type EventFilter, everyEvent } from "#lib/shared/events/filter.ts";
import { groupEvents } from "#lib/shared/events/group-events.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { GroupRow } from "./group-row.tsx";
import { useClocks } from "./timeline.tsx";
import { useEvents } from "./use-events.ts";

/** Stories a panel shows, and how many events they are looked for in. */
const shownGroups = 5;
const readEvents = 100;

/** The last stories of one object, and the way to all of them. `only` names the object, by name. */
export function EventsPanel({ only }: { only: Partial<EventFilter> }) {
  const { href } = useCluster();
  const filter = { ...everyEvent, ...only };
  const { events, error } = useEvents(filter, readEvents, null);
  const clocks = useClocks();
  const groups = groupEvents(events ?? []).slice(0, shownGroups);
  return (
    <Panel
      bare
      title={t("events.panel")}
      aside={
        <ListLink href={`${href("/events")}?${writeEventFilter(filter)}`} className="link text-12">
          {t("events.open")}
        </ListLink>
      }
    >
      {groups.length === 0 ? (
        <Nothing error={error} isLoading={events === null} />
      ) : (
        <ol>
          {groups.map((group) => (
            <li key={group.key} className="border-b border-line px-3.5 last:border-b-0">
              <GroupRow group={group} narrow clock={clocks.second} />
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Nothing({ error, isLoading }: { error: Error | null; isLoading: boolean }) {
  if (isLoading && error === null) return <LoadingRows rows={3} />;
  return <p className="px-3.5 py-3 text-ink-3">{error?.message ?? t("events.nonePanel")}</p>;
}
