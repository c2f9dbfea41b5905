import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listClusters", async ({ runtime }) => ({ items: runtime.clusters.list() }));

export const POST = withApi("addCluster", async ({ runtime, body, audit }) => {
  audit(`cluster ${body.name}`);
  return runtime.agents.addCluster(body.name);
});
