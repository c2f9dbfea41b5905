import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadKeys } from "./keys.ts";
import { lockDataDir } from "./lock.ts";
import { migrations } from "./migrations.ts";
import { databaseFile, openDatabase } from "./open.ts";

let parent: string;
let dataDir: string;
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "shoal-db-"));
  dataDir = join(parent, "data");
});
afterEach(() => rmSync(parent, { recursive: true }));

describe("openDatabase", () => {
  it("makes folder and files for the owner alone", () => {
    mkdirSync(dataDir, { mode: 0o755 });
    const db = openDatabase(dataDir);
    loadKeys(db);
    expect(mode(dataDir)).toBe("700");
    for (const suffix of ["", "-wal", "-shm"]) expect(mode(databaseFile(dataDir) + suffix)).toBe("600");
    expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(db.pragma("synchronous", { simple: true })).toBe(1);
    expect(db.pragma("foreign_keys", { simple: true })).toBe(1);
    db.close();
  });

  it.runIf(process.platform === "linux")("says so where no folder can be made, and does not hang", () => {
    expect(() => openDatabase("/proc/shoal/data")).toThrow("The data folder /proc/shoal/data cannot be used");
  });

  it("keeps what is there, the keys among it, and makes no copy when nothing changes", () => {
    const first = openDatabase(dataDir);
    const keys = loadKeys(first);
    first.close();
    const second = openDatabase(dataDir);
    expect(loadKeys(second)).toEqual(keys);
    expect(second.pragma("user_version", { simple: true })).toBe(migrations.length);
    expect(existsSync(`${databaseFile(dataDir)}.v${migrations.length}`)).toBe(false);
    second.close();
  });

  it("refuses a database of a newer Shoal and leaves it as it is", () => {
    const db = openDatabase(dataDir);
    db.pragma("user_version = 99");
    db.close();
    expect(() => openDatabase(dataDir)).toThrow("newer Shoal (version 99");
  });

  it("refuses a database that is not ours", () => {
    mkdirSync(dataDir);
    const other = new Database(databaseFile(dataDir));
    other.exec("CREATE TABLE things (x)");
    other.close();
    expect(() => openDatabase(dataDir)).toThrow("not one of Shoal's");
  });

  it.each([
    ["a file in the folder's place", () => writeFileSync(dataDir, "x")],
    ["a folder in the file's place", () => mkdirSync(databaseFile(dataDir), { recursive: true })],
    ["a file that is no database", () => {
      mkdirSync(dataDir);
      writeFileSync(databaseFile(dataDir), "not a database, but longer than a header of one hundred bytes ".repeat(4));
    }],
  ])("says what is wrong with %s", (_what, prepare) => {
    prepare();
    expect(() => openDatabase(dataDir)).toThrow(/(data folder|shoal\.db).*cannot be/);
  }); // biome-ignore format: table
});

describe("lockDataDir", () => {
  it("lets one in and names it to the next", () => {
    const lock = lockDataDir(dataDir);
    expect(() => lockDataDir(dataDir)).toThrow(`process ${process.pid} on `);
    lock.release();
    lockDataDir(dataDir).release();
  });
});
