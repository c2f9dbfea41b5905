import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getServiceEnv", async ({ runtime, params, audit }) => {
  audit(`service ${params.id}`);
  return { items: await runtime.clusters.get(params.cluster).serviceEnv(params.id) };
});
