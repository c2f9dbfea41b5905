import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listImages", ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).images.list(),
);
