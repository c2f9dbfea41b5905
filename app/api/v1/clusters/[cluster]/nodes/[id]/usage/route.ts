import { usageOfOne } from "#lib/web/usage-answer.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getNodeUsage", ({ runtime, params }) =>
  usageOfOne(runtime.clusters.get(params.cluster), "node", params.id),
);
