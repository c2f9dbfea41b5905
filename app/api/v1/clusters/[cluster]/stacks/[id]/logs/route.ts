import { logAnswer, stackTargets } from "#lib/web/log-answer.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getStackLogs", ({ runtime, params, query, request: { signal } }) => {
  const cluster = runtime.clusters.get(params.cluster);
  return logAnswer(cluster, stackTargets(cluster.model(), params.id), query, { name: params.id, signal });
});
