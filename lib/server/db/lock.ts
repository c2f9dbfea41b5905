import { chmodSync, closeSync, openSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { DataError, prepareFolder } from "./open.ts";

/**
 * Claims the data folder for one server (or one restore) until `release` is called or the process ends,
 * however it ends: the claim is a lock of the operating system on `lock.db`, so it also holds between
 * containers that share a volume. Throws DataError naming the holder when it is taken.
 */
export function lockDataDir(dataDir: string): { release(): void } {
  prepareFolder(dataDir);
  const file = join(dataDir, "lock.db");
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
  const db = new Database(file, { timeout: 0 });
  try {
    claim(db);
  } catch (error) {
    const by = holder(db);
    db.close();
    if ((error as { code?: unknown }).code !== "SQLITE_BUSY") throw error;
    throw new DataError(
      `The data folder ${dataDir} is in use by a running Shoal${by}. Stop it first, or use another folder (SHOAL_DATA_DIR).`,
      { cause: error },
    );
  }
  return { release: () => void db.close() };
}

/** Writes who holds the lock, then keeps a write transaction open: others may still read the name. */
function claim(db: Database.Database): void {
  db.pragma("journal_mode = DELETE");
  const write = db.transaction(() => {
    db.exec("CREATE TABLE IF NOT EXISTS holder (pid INTEGER, host TEXT)");
    db.exec("DELETE FROM holder");
    db.prepare("INSERT INTO holder VALUES (?, ?)").run(process.pid, hostname());
  });
  write.immediate();
  db.exec("BEGIN IMMEDIATE");
}

function holder(db: Database.Database): string {
  try {
    const row = db.prepare("SELECT pid, host FROM holder").get() as { pid: number; host: string } | undefined;
    return row ? ` (process ${row.pid} on ${row.host})` : "";
  } catch {
    return "";
  }
}
