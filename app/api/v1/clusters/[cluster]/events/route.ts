import { eventStream } from "#lib/web/event-stream.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("followEvents", async ({ runtime, params, request }) =>
  eventStream(runtime.clusters.get(params.cluster), request.signal),
);
