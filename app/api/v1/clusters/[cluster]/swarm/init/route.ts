import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("initSwarm", async ({ runtime, caller, params, body, audit }) => {
  audit("swarm", body);
  await runtime.clusters.get(params.cluster).initSwarm(caller, body);
});
