import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("unlockSwarm", async ({ runtime, caller, params, body, audit }) => {
  audit("swarm");
  await runtime.clusters.get(params.cluster).unlockSwarm(caller, body.key);
});
