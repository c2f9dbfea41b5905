import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("testRegistry", ({ runtime, params, body, audit }) => {
  const { registries } = runtime;
  audit(`registry ${registries.get(params.id).name}`);
  return registries.test(runtime.clusters, params.id, body.cluster);
});
