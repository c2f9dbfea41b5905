import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listWebhooks", ({ runtime, params, query }) => {
  const { id } = runtime.clusters.get(params.cluster);
  return { items: runtime.webhooks.list(id, query) };
});

export const POST = withApi("createWebhook", async ({ runtime, caller, params, body, audit }) => {
  const { id } = runtime.clusters.get(params.cluster);
  audit(`${body.kind} ${body.object}`, { webhook: body.name });
  return runtime.webhooks.create(caller, id, body);
});
