import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("restartService", async ({ runtime, caller, params, body, audit }) => {
  audit(`service ${params.id}`);
  return runtime.clusters.get(params.cluster).restartService(caller, params.id, body);
});
