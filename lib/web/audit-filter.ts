import type { z } from "zod";
import type { AuditFilter } from "#lib/server/people-types.ts";
import type { auditQuery } from "#lib/shared/api/people-schemas.ts";

type Query = Omit<z.output<typeof auditQuery>, "before" | "limit">;

/** The filter a query asks for. An empty text or list narrows nothing. */
export function auditFilter({ who, action, object, result, from, to }: Query): AuditFilter {
  return {
    ...(who && { who }),
    ...(object && { object }),
    ...(action?.length && { actions: action }),
    ...(result?.length && { results: result }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}
