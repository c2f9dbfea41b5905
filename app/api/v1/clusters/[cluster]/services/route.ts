import { listServices } from "#lib/web/lists.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listServices", async ({ runtime, params, query }) =>
  listServices(runtime.clusters.get(params.cluster).model(), query),
);
