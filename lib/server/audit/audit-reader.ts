import type { AuditSearch, StoredAuditRow } from "#lib/server/db/audit-search.ts";
import type { AuditReader } from "#lib/server/people-types.ts";
import type { AuditItem } from "#lib/shared/api/people-types.ts";

const pieceRows = 500;

/** Reads the audit table by pages and, for an export, by pieces. */
export function createAuditReader(search: AuditSearch): AuditReader {
  return {
    page(filter, limit, before) {
      // One more than asked for tells whether there are older ones.
      const rows = search.find(filter, limit + 1, before);
      const items = rows.slice(0, limit).map(toItem);
      const next = rows.length > limit ? (items.at(-1)?.id ?? null) : null;
      return { items, next, ...(before === undefined && { actions: search.actions() }) };
    },
    *pieces(filter) {
      for (let before: number | undefined; ; ) {
        const rows = search.find(filter, pieceRows, before);
        if (rows.length > 0) yield rows.map(toItem);
        if (rows.length < pieceRows) return;
        before = rows.at(-1)?.id;
      }
    },
  };
}

function toItem({ userId: _, facts, ...row }: StoredAuditRow): AuditItem {
  return { ...row, facts: readFacts(facts) };
}

function readFacts(text: string | null): AuditItem["facts"] {
  const value: unknown = text === null ? {} : JSON.parse(text);
  return typeof value === "object" && value !== null ? (value as AuditItem["facts"]) : {};
}
