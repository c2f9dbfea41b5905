import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listProjects", async ({ runtime, params, query }) => {
  const { projects } = runtime.clusters.get(params.cluster);
  return { items: projects.list(query.node), compose: await projects.compose() };
});
