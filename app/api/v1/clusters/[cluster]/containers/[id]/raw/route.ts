import { containerObject } from "#lib/web/container-action.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getContainerRaw", async ({ runtime, params, query, audit }) => {
  const { containers } = runtime.clusters.get(params.cluster);
  const target = { ref: params.id, node: query.node };
  audit(containerObject(containers, target));
  return new Response(await containers.raw(target), { headers: { "content-type": "application/json" } });
});
