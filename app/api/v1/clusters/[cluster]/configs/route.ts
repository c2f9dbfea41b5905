import { createdFile } from "#lib/web/file-call.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listConfigs", async ({ runtime, params }) => ({
  items: await runtime.clusters.get(params.cluster).configs(),
}));

export const POST = withApi("createConfig", ({ runtime, params, body, audit }) => {
  audit(`config ${body.name}`, createdFile(body));
  return runtime.clusters.get(params.cluster).files.create("config", body);
});
