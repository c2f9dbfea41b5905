import { withApi } from "#lib/web/with-api.ts";

export const PATCH = withApi("changeFilter", ({ runtime, caller, params, body, audit }) => {
  audit(`filter ${params.id}`, { name: body.name });
  return runtime.filters.rename(caller, params.id, body.name);
});

export const DELETE = withApi("deleteFilter", ({ runtime, caller, params, audit }) => {
  audit(`filter ${params.id}`);
  runtime.filters.remove(caller, params.id);
});
