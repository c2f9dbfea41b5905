import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listVolumes", ({ runtime, params, query }) =>
  runtime.clusters.get(params.cluster).volumes.list({ node: query.node, sizes: query.sizes === "1" }),
);

export const POST = withApi("createVolume", async ({ runtime, params, body, audit }) => {
  const { node, name, driver = "local", options = {} } = body;
  // Values of options may be passwords of shares.
  audit(`volume ${name} on ${node}`, { driver, options: Object.keys(options).join(", ") });
  return { item: await runtime.clusters.get(params.cluster).volumes.create(body) };
});
