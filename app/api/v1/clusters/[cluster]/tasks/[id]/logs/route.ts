import { logAnswer } from "#lib/web/log-answer.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getTaskLogs", ({ runtime, params, query, request: { signal } }) => {
  const cluster = runtime.clusters.get(params.cluster);
  return logAnswer(cluster, [{ kind: "task", id: params.id }], query, { name: params.id, signal });
});
