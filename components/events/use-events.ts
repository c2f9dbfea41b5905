"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { api } from "#lib/client/api.ts";
import { useEventsFeed } from "#lib/client/use-events-feed.ts";
import { writeEventFilter } from "#lib/shared/events/address.ts";
import { type EventFilter, matchesEvent } from "#lib/shared/events/filter.ts";
import type { ClusterEvent, EventPage } from "#lib/shared/events/types.ts";

export interface EventsValue {
  /** Those that pass the filter, newest first; null until the first answer. */
  readonly events: readonly ClusterEvent[] | null;
  readonly hasOlder: boolean;
  readonly isLoadingOlder: boolean;
  readonly error: Error | null;
  readonly loadOlder: () => void;
  readonly reload: () => void;
}

interface Held {
  readonly key: string;
  readonly page: EventPage | null;
  readonly error: Error | null;
}

/** Most events a page holds; older ones are asked for again. */
const mostHeld = 5_000;
/** Letters typed into the filter are sent together. */
const typingMs = 180;

/** The events that pass a filter, with new ones as they happen. `initial`: what the server rendered this filter with. */
export function useEvents(filter: EventFilter, limit: number, initial: EventPage | null): EventsValue {
  const { model, apiPath } = useCluster();
  const cluster = model.info.id;
  const key = `${cluster} ${writeEventFilter(filter)}`;
  const [held, setHeld] = useState<Held>({ key, page: initial, error: null });
  const [isLoadingOlder, setLoadingOlder] = useState(false);
  const newest = useRef(initial?.items[0]?.id ?? 0);
  const isFirst = useRef(initial !== null);
  /** What happened while the first answer was on its way. */
  const early = useRef<ClusterEvent[]>([]);
  const [round, setRound] = useState(0);

  const read = async (before: number | null, signal?: AbortSignal) => {
    const query = writeEventFilter(filter);
    query.set("limit", String(limit));
    if (before !== null) query.set("before", String(before));
    return api.get<EventPage>(`${apiPath("/events/history")}?${query}`, { signal });
  };
  const readFirst = useEffectEvent(async (signal: AbortSignal) => {
    try {
      const page = await read(null, signal);
      newest.current = Math.max(newest.current, page.items[0]?.id ?? 0);
      setHeld({ key, page: grown(page, early.current, filter), error: null });
      early.current = [];
    } catch (error) {
      if (!signal.aborted) setHeld((before) => ({ ...before, key, error: error as Error }));
    }
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the filter in words, and a wish to read again
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    const ended = new AbortController();
    const timer = setTimeout(
      () => void readFirst(ended.signal),
      round === 0 && held.page !== null ? typingMs : 0,
    );
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [key, round]);

  useEventsFeed({
    cluster,
    newest: () => newest.current,
    onEvents: (events) => {
      if (held.page === null) early.current = [...early.current, ...events].slice(-mostHeld);
      newest.current = Math.max(newest.current, events.at(-1)?.id ?? 0);
      setHeld((before) =>
        before.page === null ? before : { ...before, page: grown(before.page, events, filter) },
      );
    },
    onMissed: () => setRound((n) => n + 1),
  });

  const loadOlder = async () => {
    const next = held.page?.next ?? null;
    if (next === null || isLoadingOlder) return;
    setLoadingOlder(true);
    try {
      const older = await read(next);
      setHeld((before) =>
        before.key === key && before.page
          ? { key, error: null, page: { items: [...before.page.items, ...older.items], next: older.next } }
          : before,
      );
    } catch (error) {
      setHeld((before) => ({ ...before, error: error as Error }));
    } finally {
      setLoadingOlder(false);
    }
  };
  // While another filter is being asked for, what is there already and passes it is shown.
  const items = held.page?.items.filter((event) => held.key === key || matchesEvent(event, filter));
  return {
    events: items ?? null,
    hasOlder: held.key === key && held.page !== null && held.page.next !== null,
    isLoadingOlder,
    error: held.error,
    loadOlder: () => void loadOlder(),
    reload: () => setRound((n) => n + 1),
  };
}

/** A page with newer events in front; what it held already is not told twice. */
function grown(page: EventPage, events: readonly ClusterEvent[], filter: EventFilter): EventPage {
  const last = page.items[0]?.id ?? 0;
  const fresh = events.filter((event) => event.id > last && matchesEvent(event, filter)).reverse();
  if (fresh.length === 0) return page;
  const items = [...fresh, ...page.items];
  if (items.length <= mostHeld) return { items, next: page.next };
  const kept = items.slice(0, mostHeld);
  return { items: kept, next: kept.at(-1)?.id ?? null };
}
