import { type AuditRow, auditTable } from "#lib/server/db/audit.ts";
import { type Db, openDatabase } from "#lib/server/db/open.ts";
import { type Revision, revisionsTable } from "#lib/server/db/revisions.ts";

/** Reads from a server's database, beside the running server. */
export function inDatabase<T>(dataDir: string, read: (db: Db) => T): T {
  const db = openDatabase(dataDir);
  try {
    return read(db);
  } finally {
    db.close();
  }
}

/** The audit table, newest first. */
export function auditRows(dataDir: string, limit = 500): AuditRow[] {
  return inDatabase(dataDir, (db) => auditTable(db).newest(limit));
}

/** What was kept of a service's specifications, newest first. */
export function serviceRevisions(dataDir: string, serviceId: string): Revision[] {
  return inDatabase(dataDir, (db) => {
    const table = revisionsTable(db);
    return table.list("local", "service", serviceId).flatMap(({ id }) => table.byId(id) ?? []);
  });
}
