import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listSecrets", async ({ runtime, params }) => ({
  items: await runtime.clusters.get(params.cluster).secrets(),
}));
