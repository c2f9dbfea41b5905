import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getProject", ({ runtime, params, query }) =>
  runtime.clusters.get(params.cluster).projects.detail({ project: params.id, node: query.node }),
);
