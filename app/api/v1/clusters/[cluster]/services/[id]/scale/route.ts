import { byRef } from "#lib/web/by-ref.ts";
import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("scaleService", async ({ runtime, caller, params, body, audit }) => {
  const cluster = runtime.clusters.get(params.cluster);
  const service = byRef(cluster.model().services, params.id);
  audit(`service ${service?.name ?? params.id}`, {
    replicas: { from: service?.replicas ?? null, to: body.replicas },
  });
  return cluster.scaleService(caller, params.id, body);
});
