import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listStackVersions", ({ runtime, params, query }) => ({
  items: runtime.clusters.get(params.cluster).deploys.versions(params.id, query),
}));
