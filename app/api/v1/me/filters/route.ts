import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listFilters", ({ runtime, caller, query }) => ({
  items: runtime.filters.list(caller, query.page),
}));

export const POST = withApi("saveFilter", ({ runtime, caller, body, audit }) => {
  audit(`filter ${body.name}`, { page: body.page });
  return runtime.filters.save(caller, body);
});
