import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getProjectRun", ({ runtime, params, query }) =>
  runtime.clusters.get(params.cluster).projects.run({ project: params.id, node: query.node }, params.run),
);
