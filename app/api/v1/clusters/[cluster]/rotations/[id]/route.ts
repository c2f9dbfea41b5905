import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getRotation", ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).files.rotation(params.id),
);
