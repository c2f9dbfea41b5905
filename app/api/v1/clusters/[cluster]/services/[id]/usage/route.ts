import { usageOfOne } from "#lib/web/usage-answer.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getServiceUsage", ({ runtime, params }) =>
  usageOfOne(runtime.clusters.get(params.cluster), "service", params.id),
);
