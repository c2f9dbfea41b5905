import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getServiceEnv", async ({ runtime, params, audit }) => {
  audit(`service ${params.id}`);
  const cluster = runtime.clusters.get(params.cluster);
  const [items, logOptions] = await Promise.all([
    cluster.serviceEnv(params.id),
    cluster.serviceLogOptions(params.id),
  ]);
  return { items, logOptions };
});
