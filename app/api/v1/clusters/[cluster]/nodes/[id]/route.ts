import { byRef } from "#lib/web/by-ref.ts";
import { differences } from "#lib/web/differences.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getNode", async ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).nodeDetail(params.id),
);

export const PATCH = withApi("patchNode", async ({ runtime, caller, params, body, audit, require }) => {
  if (body.role !== undefined) require("node.role");
  if (body.labels !== undefined) require("node.labels");
  const { confirm: _, labelsBefore: __, ...change } = body;
  const cluster = runtime.clusters.get(params.cluster);
  const node = byRef(cluster.model().nodes, params.id);
  audit(`node ${node?.name ?? params.id}`, node ? differences(node, change) : change);
  return cluster.patchNode(caller, params.id, body);
});

export const DELETE = withApi("removeNode", async ({ runtime, caller, params, query, audit }) => {
  const force = query.force === "true";
  audit(`node ${params.id}`, { force });
  await runtime.clusters.get(params.cluster).removeNode(caller, params.id, { ...query, force });
});
