import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getService", async ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).serviceDetail(params.id),
);

export const DELETE = withApi("removeService", async ({ runtime, caller, params, query, audit }) => {
  audit(`service ${params.id}`);
  await runtime.clusters.get(params.cluster).removeService(caller, params.id, query);
});
