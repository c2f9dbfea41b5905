import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getBindPath", async ({ runtime, params, query }) => {
  const { path } = query;
  return { path, exists: await runtime.clusters.get(params.cluster).containers.hasPath(params.id, path) };
});
