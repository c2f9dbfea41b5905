import { eventsQuery } from "../event-query.ts";
import type { Operation } from "../operation.ts";

/** What happened in a cluster. Following it as it happens is `followEvents`. */
export const eventOperations = {
  listEvents: {
    method: "GET",
    path: "/clusters/{cluster}/events/history",
    permission: "event.read",
    summary: "What happened in the last 24 hours, newest first",
    query: eventsQuery,
  },
} as const satisfies Record<string, Operation>;
