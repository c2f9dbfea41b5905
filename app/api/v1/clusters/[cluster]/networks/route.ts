import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listNetworks", ({ runtime, params, query }) =>
  runtime.clusters.get(params.cluster).networks.list(query),
);

export const POST = withApi("createNetwork", ({ runtime, params, body, audit }) => {
  const { name, driver, node, subnets = [], parent } = body;
  audit(node === undefined ? `network ${name}` : `network ${name} on ${node}`, {
    driver,
    ...(subnets.length > 0 && { subnets: subnets.map(({ subnet }) => subnet).join(", ") }),
    ...(parent !== undefined && { parent }),
  });
  return runtime.clusters.get(params.cluster).networks.create(body);
});
