import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi(
  "getCluster",
  async ({ runtime, params }) => runtime.clusters.get(params.cluster).model().info,
);

export const PATCH = withApi("patchCluster", async ({ runtime, params, body, audit }) => {
  const { name } = runtime.clusters.get(params.cluster).model().info;
  audit(`cluster ${params.cluster}`, { name: { from: name, to: body.name } });
  return runtime.agents.renameCluster(params.cluster, body.name);
});

export const DELETE = withApi("removeCluster", async ({ runtime, params, query, audit }) => {
  audit(`cluster ${params.cluster}`);
  await runtime.agents.removeCluster(params.cluster, query.confirm);
});
