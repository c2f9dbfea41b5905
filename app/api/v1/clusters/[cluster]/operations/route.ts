import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listOperations", async ({ runtime, params, query }) => ({
  items: runtime.clusters.get(params.cluster).listOperations(query),
}));
