import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("rotateSwarm", async ({ runtime, caller, params, body, audit }) => {
  audit("swarm", { target: body.target });
  await runtime.clusters.get(params.cluster).rotate(caller, body.target);
});
