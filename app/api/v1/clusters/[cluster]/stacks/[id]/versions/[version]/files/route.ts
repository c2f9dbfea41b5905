import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getStackVersionFiles", ({ runtime, params, audit }) => {
  const version = params.version === "latest" ? null : params.version;
  const files = runtime.clusters.get(params.cluster).deploys.files(params.id, version);
  audit(`stack ${params.id}`, { version: files.version });
  return files;
});
