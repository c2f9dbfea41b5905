import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("deployStack", async ({ runtime, caller, params, body, audit }) => {
  const { files, prune, fromVersion } = body;
  audit(`stack ${params.id}`, {
    files: files.map(({ name }) => name),
    prune,
    ...(fromVersion !== undefined && { fromVersion }),
  });
  const version = await runtime.clusters.get(params.cluster).deploys.deploy(caller, params.id, body);
  return Response.json(version, { status: 202, headers: { "cache-control": "no-store" } });
});
