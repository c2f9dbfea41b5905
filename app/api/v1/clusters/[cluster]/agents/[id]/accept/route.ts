import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("acceptAgent", async ({ runtime, params, audit }) => {
  const item = runtime.agents.list(params.cluster).items.find(({ id }) => id === params.id);
  audit(`agent ${item?.nodeName ?? params.id}`, item ? { key: item.keyStart } : undefined);
  return runtime.agents.accept(params.cluster, params.id);
});
