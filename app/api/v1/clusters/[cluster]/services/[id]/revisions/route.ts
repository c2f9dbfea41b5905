import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listRevisions", async ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).listRevisions(params.id),
);
