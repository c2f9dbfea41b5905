import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("resetUserPassword", ({ runtime, params, body, audit }) => {
  const { id, name, sessions } = runtime.people.user(params.id);
  audit(`account ${name}`, { sessionsEnded: sessions });
  return runtime.people.resetPassword(id, body.password);
});
