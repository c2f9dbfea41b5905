import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("openDemo", async ({ runtime }) => ({
  cluster: await runtime.clusters.openDemo(),
}));
