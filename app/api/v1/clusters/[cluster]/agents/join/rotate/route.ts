import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("rotateAgentJoin", async ({ runtime, params, body, audit }) => {
  audit(`cluster ${params.cluster}`, { hours: body.hours });
  runtime.agents.rotateJoinKey(params.cluster, body.hours);
});
