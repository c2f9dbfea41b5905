import { withApi } from "#lib/web/with-api.ts";

export const DELETE = withApi("removeImage", ({ runtime, params, query, audit }) => {
  const force = query.force === "true";
  audit(`image ${query.tag ?? params.id}`, { id: params.id, node: query.node ?? "all", force });
  return runtime.clusters.get(params.cluster).images.remove(params.id, { ...query, force });
});
