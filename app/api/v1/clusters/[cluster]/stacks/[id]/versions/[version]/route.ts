import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getStackVersion", ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).deploys.version(params.id, params.version),
);
