import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("checkStack", ({ runtime, params, body }) => ({
  problems: runtime.clusters.get(params.cluster).deploys.check(params.id, body),
}));
