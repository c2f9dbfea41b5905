import { containerObject } from "#lib/web/container-action.ts";
import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("renameContainer", ({ runtime, params, query, body, audit }) => {
  const { containers } = runtime.clusters.get(params.cluster);
  const target = { ref: params.id, node: query.node };
  audit(containerObject(containers, target), { to: body.name });
  return containers.rename(target, body);
});
