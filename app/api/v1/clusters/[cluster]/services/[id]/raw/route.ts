import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getServiceRaw", async ({ runtime, params, audit }) => {
  audit(`service ${params.id}`);
  const text = await runtime.clusters.get(params.cluster).serviceRaw(params.id);
  return new Response(text, { headers: { "content-type": "application/json" } });
});
