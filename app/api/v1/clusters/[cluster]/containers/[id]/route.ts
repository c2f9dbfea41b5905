import { containerObject } from "#lib/web/container-action.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getContainer", ({ runtime, params, query }) =>
  runtime.clusters.get(params.cluster).containers.detail({ ref: params.id, node: query.node }),
);

export const DELETE = withApi("removeContainer", async ({ runtime, params, query, audit }) => {
  const { containers } = runtime.clusters.get(params.cluster);
  const target = { ref: params.id, node: query.node };
  const [force, volumes] = [query.force === "true", query.volumes === "true"];
  audit(containerObject(containers, target), { force, volumes });
  await containers.remove(target, { force, volumes, confirm: query.confirm });
});
