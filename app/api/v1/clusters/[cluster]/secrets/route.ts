import { createdFile } from "#lib/web/file-call.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listSecrets", async ({ runtime, params }) => ({
  items: await runtime.clusters.get(params.cluster).secrets(),
}));

export const POST = withApi("createSecret", ({ runtime, params, body, audit }) => {
  audit(`secret ${body.name}`, createdFile(body));
  return runtime.clusters.get(params.cluster).files.create("secret", body);
});
