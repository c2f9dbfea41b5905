import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("rollbackService", async ({ runtime, caller, params, body, audit }) => {
  audit(`service ${params.id}`, { revision: body.revision });
  return runtime.clusters.get(params.cluster).rollbackService(caller, params.id, body);
});
