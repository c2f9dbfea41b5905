import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("continueService", async ({ runtime, caller, params, audit }) => {
  audit(`service ${params.id}`);
  return runtime.clusters.get(params.cluster).continueUpdate(caller, params.id);
});
