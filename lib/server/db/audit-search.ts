import type { AuditFilter } from "#lib/server/people-types.ts";
import type { AuditRow } from "./audit.ts";
import type { Db } from "./open.ts";

/** A row as it is read. */
export type StoredAuditRow = AuditRow & { readonly id: number };

const columns = `id, at, action, user_id AS userId, user_name AS userName, role, via, address, cluster, object, result, facts`;

/** What each part of a filter means; values are always bound, never written into the statement. */
const conditions: Readonly<Record<keyof AuditFilter, string>> = {
  who: "(instr(lower(ifnull(user_name, '')), lower(@who)) > 0 OR instr(lower(address), lower(@who)) > 0)",
  actions: "action IN (SELECT value FROM json_each(@actions))",
  object: "instr(lower(object), lower(@object)) > 0",
  results: "result IN (SELECT value FROM json_each(@results))",
  from: "at >= @from",
  to: "at < @to",
};
const parts = Object.keys(conditions) as (keyof AuditFilter)[];

/** Finds rows of the audit table. */
export function auditSearch(db: Db) {
  const actions = db.prepare("SELECT DISTINCT action FROM audit ORDER BY action").pluck();
  // At most 64 shapes of filter, so the statements are kept.
  const statements = new Map<string, ReturnType<Db["prepare"]>>();

  function statement(given: readonly (keyof AuditFilter)[]) {
    const where = ["id < @before", ...given.map((part) => conditions[part])].join(" AND ");
    const known = statements.get(where);
    if (known) return known;
    const made = db.prepare(`SELECT ${columns} FROM audit WHERE ${where} ORDER BY id DESC LIMIT @limit`);
    statements.set(where, made);
    return made;
  }

  return {
    /** Rows that match, before the row `before`, newest first. */
    find(filter: AuditFilter, limit: number, before = Number.MAX_SAFE_INTEGER): StoredAuditRow[] {
      const given = parts.filter((part) => filter[part] !== undefined);
      const values = Object.fromEntries(given.map((part) => [part, bound(filter[part])]));
      return statement(given).all({ ...values, limit, before }) as StoredAuditRow[];
    },
    /** Every action there is, in order of the alphabet. */
    actions: () => actions.all() as string[],
  };
}

/** The audit table, for reading. */
export type AuditSearch = ReturnType<typeof auditSearch>;

function bound(value: AuditFilter[keyof AuditFilter]): unknown {
  return Array.isArray(value) ? JSON.stringify(value) : value;
}
