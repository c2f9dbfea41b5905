import { auditFilter } from "#lib/web/audit-filter.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("listAudit", ({ runtime, query }) =>
  runtime.auditReader.page(auditFilter(query), query.limit ?? 100, query.before),
);
