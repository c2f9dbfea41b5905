import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getTask", async ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).taskDetail(params.id),
);
