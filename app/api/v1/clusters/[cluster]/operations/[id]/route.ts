import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getOperation", async ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).operation(params.id),
);
