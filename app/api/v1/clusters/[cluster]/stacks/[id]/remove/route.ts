import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("removeStack", async ({ runtime, caller, params, body, audit }) => {
  audit(`stack ${params.id}`);
  const item = await runtime.clusters.get(params.cluster).deploys.remove(caller, params.id, body);
  return { item, warnings: [] };
});
