import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("tagImage", ({ runtime, params, body, audit }) => {
  audit(`image ${params.id}`, { tag: body.tag, nodes: body.nodes?.join(", ") ?? "all" });
  return runtime.clusters.get(params.cluster).images.tag(params.id, body);
});
