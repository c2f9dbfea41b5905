import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("deployProject", async ({ runtime, caller, params, query, body, audit }) => {
  const { files, prune, recreate, fromVersion } = body;
  audit(`project ${params.id}`, {
    files: files.map(({ name }) => name),
    prune,
    recreate,
    ...(fromVersion !== undefined && { fromVersion }),
  });
  const { projects } = runtime.clusters.get(params.cluster);
  const run = await projects.deploy(caller, { project: params.id, node: query.node }, body);
  return Response.json(run, { status: 202, headers: { "cache-control": "no-store" } });
});
