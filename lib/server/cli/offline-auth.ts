import { existsSync } from "node:fs";
import { createAuditLog } from "#lib/server/audit/audit-log.ts";
import { type AuthAdmin, createAuth } from "#lib/server/auth/auth-service.ts";
import { auditTable } from "#lib/server/db/audit.ts";
import { DataError, databaseFile, openDatabase } from "#lib/server/db/open.ts";
import { createLogger } from "#lib/server/log/logger.ts";
import type { AuditLog } from "#lib/server/runtime-types.ts";

/**
 * Gives `use` the accounts and tokens of a data folder, beside a server that may be running, and closes the
 * database after it. Throws DataError where there is no database: a wrong folder must not become a new one.
 */
export async function withOfflineAuth<Result>(
  dataDir: string,
  use: (auth: AuthAdmin, audit: AuditLog) => Promise<Result>,
): Promise<Result> {
  if (!existsSync(databaseFile(dataDir))) {
    throw new DataError(
      `There is no database in ${dataDir}. Name the folder the server uses (--data-dir or SHOAL_DATA_DIR), or start the server once.`,
    );
  }
  const db = openDatabase(dataDir);
  try {
    // Standard output belongs to the result; what goes wrong reaches the person as an error.
    const log = createLogger("silent");
    const audit = createAuditLog(auditTable(db), log);
    return await use(createAuth({ db, audit, log }), audit);
  } finally {
    db.close();
  }
}
