import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("startStack", async ({ runtime, caller, params, audit }) => {
  audit(`stack ${params.id}`);
  return {
    item: null,
    warnings: await runtime.clusters.get(params.cluster).deploys.start(caller, params.id),
  };
});
