import { withApi } from "#lib/web/with-api.ts";

export const DELETE = withApi("forgetAgent", async ({ runtime, params, audit }) => {
  const item = runtime.agents.list(params.cluster).items.find(({ id }) => id === params.id);
  audit(`agent ${item?.nodeName ?? params.id}`, item ? { key: item.keyStart } : undefined);
  runtime.agents.forget(params.cluster, params.id);
});
