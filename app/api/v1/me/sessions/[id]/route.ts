import { withApi } from "#lib/web/with-api.ts";

export const DELETE = withApi("endSession", ({ runtime, caller, params, audit }) => {
  audit(`account ${caller.name}`);
  runtime.auth.endOwnSession(caller, params.id);
});
