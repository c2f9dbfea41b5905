import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getConfigData", async ({ runtime, params, audit }) => {
  audit(`config ${params.id}`);
  const data = await runtime.clusters.get(params.cluster).configData(params.id);
  audit(`config ${data.name}`, { bytes: data.size });
  return data;
});
