import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getContainerProcesses", ({ runtime, params, query }) =>
  runtime.clusters.get(params.cluster).containers.processes({ ref: params.id, node: query.node }),
);
