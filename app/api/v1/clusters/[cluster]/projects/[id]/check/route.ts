import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("checkProject", ({ runtime, params, body }) => ({
  problems: runtime.clusters.get(params.cluster).projects.check(params.id, body),
}));
