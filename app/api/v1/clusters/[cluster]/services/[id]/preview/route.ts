import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("previewService", ({ runtime, caller, params, body, audit, require }) => {
  audit(`service ${params.id}`);
  // A whole specification shows, and is, everything.
  if (body.whole) require("service.raw");
  return runtime.clusters.get(params.cluster).previewService(caller, params.id, body);
});
