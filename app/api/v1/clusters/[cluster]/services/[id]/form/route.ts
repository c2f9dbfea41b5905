import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getServiceForm", ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).serviceForm(params.id),
);
