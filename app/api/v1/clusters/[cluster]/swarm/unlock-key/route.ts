import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getUnlockKey", async ({ runtime, params, audit }) => {
  audit("swarm");
  return { key: await runtime.clusters.get(params.cluster).unlockKey() };
});
