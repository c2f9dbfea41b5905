import { listServices } from "#lib/web/lists.ts";
import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("createService", ({ runtime, caller, params, body, audit }) => {
  audit(`service ${body.name}`, body.from === undefined ? {} : { from: body.from });
  return runtime.clusters.get(params.cluster).createService(caller, body);
});

export const GET = withApi("listServices", async ({ runtime, params, query }) =>
  listServices(runtime.clusters.get(params.cluster).model(), query),
);
