import { withApi } from "#lib/web/with-api.ts";

export const DELETE = withApi("revokeOwnToken", ({ runtime, caller, params, audit }) => {
  const token = runtime.people.ownTokens(caller).find(({ id }) => id === params.id);
  audit(token ? `token ${token.name} (${token.id})` : `token ${params.id}`);
  runtime.people.revokeOwnToken(caller, params.id);
});
