import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("planProject", ({ runtime, caller, params, query, body }) =>
  runtime.clusters.get(params.cluster).projects.plan(caller, { project: params.id, node: query.node }, body),
);
