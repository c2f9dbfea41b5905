import { withApi } from "#lib/web/with-api.ts";

export const POST = withApi("confirmTwoFactor", ({ runtime, caller, body, audit }) => {
  audit(`account ${caller.name}`);
  return { recoveryCodes: runtime.people.confirmTwoFactor(caller, body.code) };
});
