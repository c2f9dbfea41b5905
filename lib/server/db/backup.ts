import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import Database from "better-sqlite3";
import { lockDataDir } from "./lock.ts";
import { DataError, type Db, databaseFile, openDatabase, requireShoal } from "./open.ts";

/**
 * Writes everything Shoal keeps, its keys included, into one new file (0600), while the server may be
 * running. Throws DataError when the file is already there.
 */
export async function backup(dataDir: string, file: string): Promise<void> {
  const target = resolve(file);
  if (existsSync(target))
    throw new DataError(`${target} is already there. Choose another name or remove it first.`);
  if (!existsSync(databaseFile(dataDir))) {
    throw new DataError(`There is no database in ${dataDir}: nothing to back up.`);
  }
  const part = partFile(target);
  const db = openDatabase(dataDir);
  try {
    closeSync(openSync(part, "wx", 0o600));
    await db.backup(part);
    leaveWal(part);
    flush(part);
    renameSync(part, target);
    flush(dirname(target));
  } catch (error) {
    throw new DataError(
      `${target} could not be written: ${error instanceof Error ? error.message : error}.`,
      {
        cause: error,
      },
    );
  } finally {
    db.close();
    rmSync(part, { force: true });
  }
}

/**
 * Puts a backup in the place of the present database, which is kept beside it. Sessions of the backup end:
 * everybody signs in again. Answers the path of the kept database, null when there was none. Throws
 * DataError when a server uses the folder, or the file is not a whole Shoal database of a known version.
 */
export function restore(dataDir: string, file: string, now: Date = new Date()): string | null {
  const source = resolve(file);
  if (!existsSync(source)) throw new DataError(`${source} is not there.`);
  const target = databaseFile(dataDir);
  if (source === target) throw new DataError(`${source} is the database in use. Name the file of a backup.`);
  const lock = lockDataDir(dataDir);
  const part = partFile(target);
  try {
    copyFileSync(source, part);
    chmodSync(part, 0o600);
    checkAndEndSessions(part, source);
    flush(part);
    const kept = setAside(target, now);
    renameSync(part, target);
    flush(dataDir);
    return kept;
  } finally {
    rmSync(part, { force: true });
    lock.release();
  }
}

function checkAndEndSessions(part: string, source: string): void {
  let db: Db | undefined;
  try {
    db = new Database(part);
    requireShoal(db, source);
    if (db.pragma("quick_check(1)", { simple: true }) !== "ok") throw new DataError(`${source} is damaged.`);
    // A sign-in that was ended after the backup must not come back to life with it.
    db.prepare("DELETE FROM sessions").run();
    db.pragma("journal_mode = DELETE");
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(`${source} is not a Shoal database.`, { cause: error });
  } finally {
    db?.close();
  }
}

/** Moves the database with its log files to a name of its own; nothing is merged, so a damaged one moves too. */
function setAside(target: string, now: Date): string | null {
  if (!existsSync(target)) return null;
  const stamp = now.toISOString().replaceAll(":", "-").slice(0, 19);
  const kept = `${target}.before-restore-${stamp}-${randomBytes(2).toString("hex")}`;
  for (const suffix of ["-wal", "-shm", ""]) {
    if (existsSync(target + suffix)) renameSync(target + suffix, kept + suffix);
  }
  return kept;
}

function leaveWal(file: string): void {
  const db = new Database(file);
  db.pragma("journal_mode = DELETE");
  db.close();
}

function partFile(target: string): string {
  return join(dirname(target), `.shoal-${randomBytes(6).toString("hex")}.part`);
}

function flush(path: string): void {
  const fd = openSync(path, "r");
  fsyncSync(fd);
  closeSync(fd);
}
