import { ownOrigin } from "#lib/web/request-facts.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getAgentJoin", async ({ runtime, params, request, audit }) => {
  audit(`cluster ${params.cluster}`);
  return runtime.agents.joinInfo(params.cluster, ownOrigin(request));
});
