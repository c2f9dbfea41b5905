import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("connectCluster", async ({ runtime, params }) => {
  runtime.clusters.get(params.cluster).connectNow();
});
