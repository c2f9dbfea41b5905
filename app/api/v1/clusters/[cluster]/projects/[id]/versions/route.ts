import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listProjectVersions", ({ runtime, params, query }) => {
  const { node, ...page } = query;
  return {
    items: runtime.clusters.get(params.cluster).projects.versions({ project: params.id, node }, page),
  };
});
