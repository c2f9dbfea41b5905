import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getSwarm", async ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).swarmSettings(),
);

export const PATCH = withApi("patchSwarm", async ({ runtime, caller, params, body, audit }) => {
  audit("swarm", body);
  return runtime.clusters.get(params.cluster).patchSwarm(caller, body);
});
