import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listDiskUsage", ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).images.disk(),
);
