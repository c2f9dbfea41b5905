import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listClusterRegistries", ({ runtime, params }) => ({
  items: runtime.registries
    .listIn(params.cluster)
    .map(({ id, name, kind, address, clusters, updatedAt }) => ({
      id,
      name,
      kind,
      address,
      // Other clusters are nobody's business here.
      clusters: clusters && [params.cluster],
      updatedAt,
    })),
}));
