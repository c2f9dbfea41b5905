import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getService", async ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).serviceDetail(params.id),
);

export const PATCH = withApi("editService", ({ runtime, caller, params, body, audit, require }) => {
  const fields = body.edits?.map(({ field }) => field).join(", ");
  audit(`service ${params.id}`, { fields: fields ?? "all" });
  // A whole specification shows, and is, everything.
  if (body.whole) require("service.raw");
  return runtime.clusters.get(params.cluster).editService(caller, params.id, body);
});

export const DELETE = withApi("removeService", async ({ runtime, caller, params, query, audit }) => {
  audit(`service ${params.id}`);
  await runtime.clusters.get(params.cluster).removeService(caller, params.id, query);
});
