import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listAgents", async ({ runtime, params }) => runtime.agents.list(params.cluster));
