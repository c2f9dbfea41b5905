import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("previewCreateService", ({ runtime, caller, params, body, audit }) => {
  audit(`service ${body.name}`, body.from === undefined ? {} : { from: body.from });
  return runtime.clusters.get(params.cluster).previewCreate(caller, body);
});
