import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listStacks", async ({ runtime, params }) => ({
  items: await runtime.clusters.get(params.cluster).stacks(),
}));
