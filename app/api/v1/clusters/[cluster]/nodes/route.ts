import { listNodes } from "#lib/web/lists.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listNodes", async ({ runtime, params, query }) =>
  listNodes(runtime.clusters.get(params.cluster).model(), query),
);
