import { revisionNumber } from "#lib/web/revision-number.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getRevisionRaw", async ({ runtime, params, audit }) => {
  const revision = revisionNumber(params.rev);
  audit(`service ${params.id}`, { revision });
  const text = await runtime.clusters.get(params.cluster).revisionRaw(params.id, revision);
  return new Response(text, { headers: { "content-type": "application/json" } });
});
