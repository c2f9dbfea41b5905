import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getContainerChanges", ({ runtime, params, query }) =>
  runtime.clusters.get(params.cluster).containers.changes({ ref: params.id, node: query.node }),
);
