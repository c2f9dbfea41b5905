import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("planConfigRotation", ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).files.plan("config", params.id),
);
