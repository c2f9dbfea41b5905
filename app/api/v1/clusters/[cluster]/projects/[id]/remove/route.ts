import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("removeProject", async ({ runtime, caller, params, query, body, audit }) => {
  audit(`project ${params.id}`, { volumes: body.volumes });
  const { projects } = runtime.clusters.get(params.cluster);
  const run = await projects.remove(caller, { project: params.id, node: query.node }, body);
  return Response.json(run, { status: 202, headers: { "cache-control": "no-store" } });
});
