import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listUnusedVolumes", ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).volumes.unused(),
);

export const POST = withApi("removeUnusedVolumes", async ({ runtime, params, body, audit }) => {
  const names = body.volumes.map(({ node, name }) => `${name} on ${node}`);
  audit("unused volumes", { volumes: names.join(", ") });
  return { items: await runtime.clusters.get(params.cluster).volumes.removeUnused(body.volumes) };
});
