import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("planStack", ({ runtime, caller, params, body }) =>
  runtime.clusters.get(params.cluster).deploys.plan(caller, params.id, body),
);
