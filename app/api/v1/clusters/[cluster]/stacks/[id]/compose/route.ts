import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getStackCompose", async ({ runtime, params, audit }) => {
  audit(`stack ${params.id}`);
  return runtime.clusters.get(params.cluster).rebuildStack(params.id);
});
