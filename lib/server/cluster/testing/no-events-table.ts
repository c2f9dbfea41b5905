import type { EventsTable } from "#lib/server/db/events.ts";

/** For tests that are not about events: takes them and keeps none. */
export const noEventsTable: EventsTable = {
  add: (_, drafts) => drafts.map((draft, index) => ({ ...draft, id: index + 1 })),
  list: () => ({ items: [], next: null }),
  prune: () => undefined,
  watchedUntil: () => null,
  noteWatched: () => undefined,
};
