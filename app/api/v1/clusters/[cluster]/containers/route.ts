import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listContainers", ({ runtime, params, query }) =>
  runtime.clusters.get(params.cluster).containers.list(query),
);

export const POST = withApi("createContainer", async ({ runtime, params, body, audit }) => {
  const { node, image, name } = body;
  audit(`container ${name ?? image} on ${node}`, { image });
  return runtime.clusters.get(params.cluster).containers.create(body);
});
