import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getStack", async ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).stackDetail(params.id),
);
