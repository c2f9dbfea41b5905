import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("disableTwoFactor", async ({ runtime, caller, body, audit }) => {
  audit(`account ${caller.name}`);
  await runtime.people.disableTwoFactor(caller, body.current);
});
