import { withApi } from "#lib/web/with-api.ts";

export const DELETE = withApi("resetUserTwoFactor", ({ runtime, params, audit }) => {
  const { id, name } = runtime.people.user(params.id);
  audit(`account ${name}`);
  runtime.people.resetTwoFactor(id);
});
