import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("killTask", async ({ runtime, caller, params, body, audit }) => {
  audit(`task ${params.id}`);
  return runtime.clusters.get(params.cluster).killTask(caller, params.id, body);
});
