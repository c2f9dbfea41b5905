import { byRef } from "#lib/web/by-ref.ts";
import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("redeployService", async ({ runtime, caller, params, body, audit }) => {
  const cluster = runtime.clusters.get(params.cluster);
  const service = byRef(cluster.model().services, params.id);
  audit(`service ${service?.name ?? params.id}`, body.tag === undefined ? undefined : { tag: body.tag });
  return cluster.redeployService(caller, params.id, body);
});
