import type { ClusterEvents } from "#lib/server/runtime-types.ts";
import { everyEvent } from "#lib/shared/events/filter.ts";
import type { EventsFrame, EventsSubscribe } from "#lib/shared/events/topic.ts";
import type { Subscription } from "./connection.ts";
import type { Outbox } from "./outbox.ts";

/** Most events told at once to a page that comes back; beyond it the page reads its list again. */
const mostMissed = 200;

/**
 * Sends new events to one page. For a page that does not keep up they are left out instead of queued, and the next
 * frame says so.
 */
export function openEventsSubscription(
  outbox: Outbox,
  { sub, have }: EventsSubscribe,
  events: ClusterEvents,
): Subscription {
  let missed = false;
  const tell = (fresh: EventsFrame["events"]) => {
    if (outbox.isBehind()) {
      missed = true;
      return;
    }
    outbox.send({ type: "events", sub, events: missed ? [] : fresh, missed });
    missed = false;
  };
  if (have !== undefined) {
    const { items, next } = events.list({ filter: everyEvent, after: have, limit: mostMissed });
    missed = next !== null;
    if (items.length > 0) tell(items.toReversed());
  }
  // Only now: reading the list writes down what waits, and would tell it twice.
  const leave = events.subscribe(tell);
  return {
    resync() {
      missed = true;
      tell([]);
    },
    end: leave,
  };
}
