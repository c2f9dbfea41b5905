import { logAnswer, serviceTarget } from "#lib/web/log-answer.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getServiceLogs", ({ runtime, params, query, request: { signal } }) => {
  const cluster = runtime.clusters.get(params.cluster);
  const target = serviceTarget(cluster.model(), params.id);
  return logAnswer(cluster, [target], query, { name: params.id, signal });
});
