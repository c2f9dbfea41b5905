import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("getTwoFactor", ({ runtime, caller }) => runtime.people.twoFactor(caller));

export const POST = withApi("beginTwoFactor", ({ runtime, caller, body, audit }) => {
  audit(`account ${caller.name}`);
  return runtime.people.beginTwoFactor(caller, body.current);
});
