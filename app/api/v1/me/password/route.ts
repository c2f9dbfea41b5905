import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("changePassword", async ({ runtime, caller, body, audit }) => {
  audit(`account ${caller.name}`);
  await runtime.auth.changePassword(caller, body);
});
