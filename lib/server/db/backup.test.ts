import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backup, restore } from "./backup.ts";
import { loadKeys } from "./keys.ts";
import { lockDataDir } from "./lock.ts";
import { databaseFile, openDatabase } from "./open.ts";
import { sessionsTable } from "./sessions.ts";
import { usersTable } from "./users.ts";

let parent: string;
let dataDir: string;
let file: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "shoal-backup-"));
  dataDir = join(parent, "data");
  file = join(parent, "shoal.backup");
});
afterEach(() => rmSync(parent, { recursive: true }));

const names = (dir: string) => {
  const db = openDatabase(dir);
  const list = usersTable(db)
    .list()
    .map((user) => user.name);
  db.close();
  return list;
};

function fill(name: string) {
  const db = openDatabase(dataDir);
  const userId = usersTable(db).insert({ name, passwordHash: "x", role: "admin", now: 1 });
  sessionsTable(db).insert({
    id: `s-${name}`,
    userId,
    createdAt: 1,
    lastSeenAt: 1,
    address: "",
    userAgent: "",
  });
  const keys = loadKeys(db);
  return { db, keys };
}

describe("backup and restore", () => {
  it("carry everything, the keys included, in one file of the owner's, while the server runs", async () => {
    const lock = lockDataDir(dataDir);
    const { db, keys } = fill("ann");
    await backup(dataDir, file);
    db.close();
    lock.release();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(parent).sort()).toEqual(["data", "shoal.backup"]);

    const elsewhere = join(parent, "elsewhere");
    expect(restore(elsewhere, file)).toBeNull();
    expect(names(elsewhere)).toEqual(["ann"]);
    const restored = openDatabase(elsewhere);
    expect(loadKeys(restored)).toEqual(keys);
    expect(sessionsTable(restored).byId("s-ann")).toBeNull();
    restored.close();
    expect(statSync(databaseFile(elsewhere)).mode & 0o777).toBe(0o600);
  });

  it("keep the database that was there, its latest writes included", async () => {
    fill("ann").db.close();
    await backup(dataDir, file);
    fill("bob").db.close();
    const kept = restore(dataDir, file);
    expect(names(dataDir)).toEqual(["ann"]);
    const old = new Database(kept ?? "", { readonly: true });
    expect(old.prepare("SELECT name FROM users ORDER BY name").pluck().all()).toEqual(["ann", "bob"]);
    old.close();
  });
});

describe("backup refuses", () => {
  it("to replace a file, the live database above all", async () => {
    fill("ann").db.close();
    writeFileSync(file, "mine");
    await expect(backup(dataDir, file)).rejects.toThrow("already there");
    await expect(backup(dataDir, databaseFile(dataDir))).rejects.toThrow("already there");
  });

  it("a data folder without a database, and makes none there", async () => {
    await expect(backup(dataDir, file)).rejects.toThrow("nothing to back up");
    expect(existsSync(dataDir)).toBe(false);
  });

  it("a place that cannot be written", async () => {
    fill("ann").db.close();
    await expect(backup(dataDir, join(parent, "no", "such", "folder"))).rejects.toThrow(
      "could not be written",
    );
  });
});

describe("restore refuses, and leaves all as it was", () => {
  const cases: [string, () => void, string][] = [
    ["a file that is not there", () => {}, "is not there"],
    ["a file that is no database", () => writeFileSync(file, "hello ".repeat(100)), "not a Shoal database"],
    ["an empty file", () => writeFileSync(file, ""), "not one of Shoal's"],
    ["another program's database", () => {
      const db = new Database(file);
      db.exec("CREATE TABLE things (x)");
      db.close();
    }, "not one of Shoal's"],
    ["a newer Shoal's", () => {
      const other = openDatabase(join(parent, "newer"));
      other.pragma("user_version = 99");
      other.exec(`VACUUM INTO '${file}'`);
      other.close();
    }, "newer Shoal"],
  ]; // biome-ignore format: table

  it.each(cases)("%s", (_what, prepare, message) => {
    fill("ann").db.close();
    prepare();
    expect(() => restore(dataDir, file)).toThrow(message);
    expect(names(dataDir)).toEqual(["ann"]);
    expect(readdirSync(dataDir).filter((name) => /part|before/.test(name))).toEqual([]);
  });

  it("while a server of another process uses the folder, and not after that was killed", async () => {
    fill("ann").db.close();
    await backup(dataDir, file);
    const script = `import { lockDataDir } from ${JSON.stringify(new URL("./lock.ts", import.meta.url).href)};
      lockDataDir(${JSON.stringify(dataDir)}); console.log("locked"); setInterval(() => {}, 1000);`;
    const server = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(server.stdout, "data");
    expect(() => restore(dataDir, file)).toThrow(`process ${server.pid} on `);
    server.kill("SIGKILL");
    await once(server, "exit");
    expect(restore(dataDir, file)).not.toBeNull();
  });
});
