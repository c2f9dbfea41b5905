import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("pruneImages", ({ runtime, params, body, audit }) => {
  const facts = body.nodes.map(({ id, images }) => [id, images.join(", ").slice(0, 4_000)]);
  audit("images", Object.fromEntries(facts));
  return runtime.clusters.get(params.cluster).images.prune(body.nodes);
});
