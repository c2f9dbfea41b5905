import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("leaveSwarm", async ({ runtime, caller, params, body, audit }) => {
  audit("swarm", { force: body.force ?? false });
  await runtime.clusters.get(params.cluster).leaveSwarm(caller, body);
});
