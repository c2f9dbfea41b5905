import { eventQueryOf } from "#lib/shared/api/event-query.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listEvents", ({ runtime, params, query }) =>
  runtime.clusters.get(params.cluster).events.list(eventQueryOf(query)),
);
