import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getTaskLastLines", ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).taskLastLines(params.id),
);
