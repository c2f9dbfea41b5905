import { usageOfAll } from "#lib/web/usage-answer.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listUsage", ({ runtime, params, query }) =>
  usageOfAll(runtime.clusters.get(params.cluster), query.of ?? "nodes"),
);
