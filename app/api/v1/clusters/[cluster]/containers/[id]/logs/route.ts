import { logAnswer } from "#lib/web/log-answer.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getContainerLogs", ({ runtime, params, query, request: { signal } }) => {
  const cluster = runtime.clusters.get(params.cluster);
  const { node, ...wanted } = query;
  return logAnswer(cluster, [{ kind: "container", id: params.id, node }], wanted, {
    name: params.id,
    signal,
  });
});
