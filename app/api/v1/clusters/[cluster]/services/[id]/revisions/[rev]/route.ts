import { revisionNumber } from "#lib/web/revision-number.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getRevision", async ({ runtime, params }) =>
  runtime.clusters.get(params.cluster).revisionDetail(params.id, revisionNumber(params.rev)),
);
