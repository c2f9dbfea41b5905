import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getStackDrift", ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).deploys.drift(params.id),
);
