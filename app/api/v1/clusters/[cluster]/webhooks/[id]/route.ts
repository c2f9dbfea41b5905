import { withApi } from "#lib/web/with-api.ts";

export const DELETE = withApi("removeWebhook", ({ runtime, params, audit }) => {
  const { id } = runtime.clusters.get(params.cluster);
  audit(`webhook ${params.id}`);
  const removed = runtime.webhooks.remove(id, params.id);
  audit(`${removed.kind} ${removed.objectName}`, { webhook: removed.name });
});
