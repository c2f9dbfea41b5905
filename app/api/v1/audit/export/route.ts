import { auditExport } from "#lib/web/audit-export.ts";
import { auditFilter } from "#lib/web/audit-filter.ts";
import { withApi } from "#lib/web/with-api.ts";

export const GET = withApi("exportAudit", ({ runtime, query, audit }) => {
  const { format, ...filter } = query;
  audit("audit log", { format, ...filter });
  return auditExport(runtime.auditReader.pieces(auditFilter(filter)), format, Date.now());
});
