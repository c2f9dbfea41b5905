import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listPulls", ({ runtime, params }) => ({
  items: runtime.clusters.get(params.cluster).images.pulls(),
}));

export const POST = withApi("pullImage", ({ runtime, params, body, caller, audit }) => {
  audit(`image ${body.image}`, { nodes: body.nodes.join(", ") });
  return Response.json(runtime.clusters.get(params.cluster).images.pull(body, caller.name), { status: 202 });
});
