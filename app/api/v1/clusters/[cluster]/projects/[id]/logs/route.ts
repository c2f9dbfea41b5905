import { logAnswer } from "#lib/web/log-answer.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getProjectLogs", ({ runtime, params, query, request: { signal } }) => {
  const cluster = runtime.clusters.get(params.cluster);
  const { node, ...wanted } = query;
  const targets = cluster.projects.logTargets({ project: params.id, node });
  return logAnswer(cluster, targets, wanted, { name: params.id, signal });
});
