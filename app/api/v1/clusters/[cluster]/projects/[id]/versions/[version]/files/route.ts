import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getProjectVersionFiles", ({ runtime, params, query, audit }) => {
  const version = params.version === "latest" ? null : params.version;
  const { projects } = runtime.clusters.get(params.cluster);
  const files = projects.files({ project: params.id, node: query.node }, version);
  audit(`project ${params.id}`, { version: files.version });
  return files;
});
