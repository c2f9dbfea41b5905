import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("compareRevisions", async ({ runtime, params, query }) =>
  runtime.clusters.get(params.cluster).revisionDiff(params.id, query.from, query.to),
);
