import { containerObject } from "#lib/web/container-action.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getContainerEnv", async ({ runtime, params, query, audit }) => {
  const { containers } = runtime.clusters.get(params.cluster);
  const target = { ref: params.id, node: query.node };
  audit(containerObject(containers, target));
  return { items: await containers.env(target) };
});
