import { chmodSync, closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { applicationId, migrations } from "./migrations.ts";

/** The open database. Whoever opened it closes it; only modules of this folder speak SQL. */
export type Db = Database.Database;

/** A data folder or database that cannot be used. The message says what to do. */
export class DataError extends Error {
  override readonly name = "DataError";
}

/** The database's file inside the data folder. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, "shoal.db");
}

/**
 * Makes the data folder (0700) if it is not there and opens its database (0600), brought to the present
 * version. An existing database is copied to `shoal.db.v<old version>` before it is changed. Several
 * processes may have it open at once. Throws DataError.
 */
export function openDatabase(dataDir: string): Db {
  const file = databaseFile(dataDir);
  prepareFolder(dataDir);
  prepareFile(file);
  let db: Db | undefined;
  try {
    db = new Database(file);
    configure(db);
    migrate(db, file);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof DataError) throw error;
    throw new DataError(`The database ${file} cannot be used: ${messageOf(error)}.`, { cause: error });
  }
}

/** Makes the folder if needed and closes it to everybody else, where it is ours to close. Throws DataError. */
export function prepareFolder(dataDir: string): void {
  try {
    makeFolder(dataDir);
    if (statSync(dataDir).uid === process.getuid?.()) chmodSync(dataDir, 0o700);
  } catch (error) {
    throw new DataError(
      `The data folder ${dataDir} cannot be used: ${messageOf(error)}. Give Shoal a folder it may write to (SHOAL_DATA_DIR).`,
      { cause: error },
    );
  }
}

/** Node's own recursive mkdir never returns below /proc, which says "no such file" for ever. */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  makeFolder(dirname(dir));
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    // Somebody else may have been first.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** SQLite gives its -wal and -shm files the mode of the database file, so that one is made first. */
function prepareFile(file: string): void {
  try {
    closeSync(openSync(file, "a", 0o600));
    if (statSync(file).uid === process.getuid?.()) chmodSync(file, 0o600);
  } catch (error) {
    throw new DataError(
      `${file} cannot be written: ${messageOf(error)}. Give Shoal a folder it may write to (SHOAL_DATA_DIR).`,
      { cause: error },
    );
  }
}

function configure(db: Db): void {
  db.pragma("busy_timeout = 5000");
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = NORMAL");
  db.pragma("foreign_keys = ON");
}

function migrate(db: Db, file: string): void {
  if (version(db) === 0) requireEmpty(db, file);
  else requireShoal(db, file);
  if (version(db) === migrations.length) return;
  if (version(db) > 0) keepCopy(db, `${file}.v${version(db)}`);
  const run = db.transaction(() => {
    // Read again inside the transaction: another process may have been first.
    for (const step of migrations.slice(version(db))) db.exec(step);
    db.pragma(`application_id = ${applicationId}`);
    db.pragma(`user_version = ${migrations.length}`);
  });
  run.exclusive();
}

function requireEmpty(db: Db, file: string): void {
  const tables = db.prepare("SELECT count(*) AS n FROM sqlite_schema").get() as { n: number };
  // Another process may have filled it since its version was read.
  if (tables.n > 0 && version(db) === 0)
    throw new DataError(`${file} is a database, but not one of Shoal's.`);
}

/** Throws DataError unless the open database is Shoal's and of a version this program knows. */
export function requireShoal(db: Db, file: string): void {
  if (db.pragma("application_id", { simple: true }) !== applicationId) {
    throw new DataError(`${file} is a database, but not one of Shoal's.`);
  }
  const found = version(db);
  if (found < 1 || found > migrations.length) {
    throw new DataError(
      `${file} was written by a newer Shoal (version ${found} of the tables; this one knows up to ${migrations.length}). Start the newer Shoal, or restore a backup made with this one.`,
    );
  }
}

function version(db: Db): number {
  return db.pragma("user_version", { simple: true }) as number;
}

function keepCopy(db: Db, copy: string): void {
  if (existsSync(copy)) rmSync(copy);
  db.prepare("VACUUM INTO ?").run(copy);
  chmodSync(copy, 0o600);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
