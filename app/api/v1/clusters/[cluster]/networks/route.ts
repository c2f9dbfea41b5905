import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listNetworks", async ({ runtime, params }) => ({
  items: await runtime.clusters.get(params.cluster).networks(),
}));
