import { fileCall } from "#lib/web/file-call.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getSecret", ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).files.detail("secret", params.id),
);

export const PATCH = withApi("patchSecret", async (call) => {
  const { caller, params, body, audit } = call;
  const { files, object } = await fileCall("secret", call);
  audit(object, { labels: Object.keys(body.labels).join(", ") });
  return files.changeLabels(caller, "secret", params.id, body);
});

export const DELETE = withApi("removeSecret", async (call) => {
  const { files, object } = await fileCall("secret", call);
  call.audit(object);
  await files.remove("secret", call.params.id);
});
