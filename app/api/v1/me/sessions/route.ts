import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listSessions", ({ runtime, caller }) => ({
  items: runtime.auth.listSessions(caller),
}));

export const DELETE = withApi("endAllSessions", ({ runtime, caller, audit }) => {
  audit(`account ${caller.name}`);
  runtime.auth.endAllSessions(caller);
});
