import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("stopStack", async ({ runtime, caller, params, body, audit }) => {
  audit(`stack ${params.id}`);
  const { deploys } = runtime.clusters.get(params.cluster);
  return { item: null, warnings: await deploys.stop(caller, params.id, body) };
});
