import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("cancelPull", ({ runtime, params, caller, audit }) => {
  const { images } = runtime.clusters.get(params.cluster);
  const { image, nodes } = images.findPull(params.id);
  audit(`image ${image}`, { nodes: nodes.map(({ name }) => name).join(", ") });
  return images.cancelPull(params.id, caller.name);
});
