"use client";

import "#lib/shared/i18n/pages/events.ts";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useAddressQuery } from "#components/cluster/use-address-query.ts";
import { ErrorState } from "#components/data/error-state.tsx";
import { LoadingRows } from "#components/data/loading-rows.tsx";
import { PageHead } from "#components/layout/page-head.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { readEventFilter, writeEventFilter } from "#lib/shared/events/address.ts";
import { groupEvents } from "#lib/shared/events/group-events.ts";
import type { EventPage } from "#lib/shared/events/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { EventFilters } from "./event-filters.tsx";
import { Timeline } from "./timeline.tsx";
import { type EventsValue, useEvents } from "./use-events.ts";

/** Events of one answer. */
const eventsPerPage = 200;

/** What happened in the last day, grouped into stories, live. `initial`: the first answer for the filter in the address. */
export function EventsPage({ initial }: { initial: EventPage }) {
  const { freshness } = useCluster();
  const [query, setQuery] = useAddressQuery();
  const filter = readEventFilter(query);
  const value = useEvents(filter, eventsPerPage, initial);
  return (
    <>
      <PageHead title={t("events.title")} note={t("events.note")} freshness={freshness} />
      <EventFilters filter={filter} onChange={(next) => setQuery(writeEventFilter(next))} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Events
          value={value}
          isFiltered={writeEventFilter(filter).size > 0}
          onClear={() => setQuery(new URLSearchParams())}
        />
      </div>
    </>
  );
}

interface EventsProps {
  value: EventsValue;
  isFiltered: boolean;
  onClear: () => void;
}

function Events({ value, isFiltered, onClear }: EventsProps) {
  const { events, error, hasOlder } = value;
  if (error && !events?.length) return <ErrorState message={error.message} onRetry={value.reload} />;
  if (events === null) return <LoadingRows />;
  if (events.length === 0 && !hasOlder) {
    return isFiltered ? (
      <EmptyState
        icon="search"
        title={t("common.noMatch")}
        action={<Button onClick={onClear}>{t("common.clearFilter")}</Button>}
      />
    ) : (
      <EmptyState icon="events" title={t("events.empty")} />
    );
  }
  return (
    <>
      <Timeline groups={groupEvents(events)} />
      <div className="grid place-items-center px-5 py-5 text-12 text-ink-3">
        {hasOlder ? (
          <Button onClick={value.loadOlder} disabled={value.isLoadingOlder}>
            {t("events.older")}
          </Button>
        ) : (
          t("events.end")
        )}
      </div>
    </>
  );
}
