import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listUnusedNetworks", ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).networks.unused(),
);

export const POST = withApi("removeUnusedNetworks", async ({ runtime, params, body, audit }) => {
  audit("unused networks", { networks: body.networks.map(({ id }) => id).join(", ") });
  const items = await runtime.clusters.get(params.cluster).networks.removeUnused(body.networks);
  const told = items.map(({ name, node, error }) => {
    const where = node === null ? name : `${name} on ${node}`;
    return error === null ? where : `${where} (stays)`;
  });
  audit("unused networks", { networks: told.join(", ") });
  return { items };
});
