import { withApi } from "#lib/web/with-api.ts";

export const DELETE = withApi("revokeToken", ({ runtime, params, audit }) => {
  const { id, name, owner, role } = runtime.people.token(params.id);
  audit(`token ${name} (${id})`, { role, owner: owner?.name ?? null });
  runtime.people.revokeToken(id);
});
