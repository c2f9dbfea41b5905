import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listNewerImages", ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).newer.get(),
);
