import { listTasks } from "#lib/web/lists.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listTasks", async ({ runtime, params, query: { history, ...query } }) => {
  const cluster = runtime.clusters.get(params.cluster);
  const earlier = history === "1" ? await cluster.earlierTasks() : [];
  return listTasks(cluster.model(), query, earlier);
});
