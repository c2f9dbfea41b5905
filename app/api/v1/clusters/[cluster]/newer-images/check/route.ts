import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("checkNewerImages", ({ runtime, params, audit }) => {
  audit("newer images");
  return Response.json(runtime.clusters.get(params.cluster).newer.check(), { status: 202 });
});
