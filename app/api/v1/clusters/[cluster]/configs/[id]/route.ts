import { fileCall } from "#lib/web/file-call.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getConfig", ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).files.detail("config", params.id),
);

export const PATCH = withApi("patchConfig", async (call) => {
  const { caller, params, body, audit } = call;
  const { files, object } = await fileCall("config", call);
  audit(object, { labels: Object.keys(body.labels).join(", ") });
  return files.changeLabels(caller, "config", params.id, body);
});

export const DELETE = withApi("removeConfig", async (call) => {
  const { files, object } = await fileCall("config", call);
  call.audit(object);
  await files.remove("config", call.params.id);
});
