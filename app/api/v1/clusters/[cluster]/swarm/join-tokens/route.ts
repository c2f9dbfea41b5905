import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getJoinTokens", async ({ runtime, params, audit }) => {
  audit("swarm");
  return runtime.clusters.get(params.cluster).joinTokens();
});
