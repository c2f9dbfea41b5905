import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("renewRecoveryCodes", async ({ runtime, caller, body, audit }) => {
  audit(`account ${caller.name}`);
  return { recoveryCodes: await runtime.people.renewRecoveryCodes(caller, body.current) };
});
