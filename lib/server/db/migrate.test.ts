import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, expect, it, vi } from "vitest";

vi.mock("./migrations.ts", async (original) => {
  const real = await original<typeof import("./migrations.ts")>();
  return { ...real, migrations: [...real.migrations] };
});

const migrations = (await import("./migrations.ts")).migrations as string[];
const { databaseFile, openDatabase } = await import("./open.ts");
const { tokensTable } = await import("./tokens.ts");
const { usersTable } = await import("./users.ts");

const dataDir = mkdtempSync(join(tmpdir(), "shoal-migrate-"));
const olderDir = mkdtempSync(join(tmpdir(), "shoal-migrate-"));
afterAll(() => {
  for (const dir of [dataDir, olderDir]) rmSync(dir, { recursive: true });
});

it("keeps a copy of the old database, applies all steps or none, and keeps the rows", () => {
  const before = openDatabase(dataDir);
  usersTable(before).insert({ name: "ann", passwordHash: "x", role: "admin", now: 1 });
  before.close();
  const old = migrations.length;

  migrations.push("ALTER TABLE users ADD COLUMN shoe_size INTEGER", "THIS IS NOT SQL");
  expect(() => openDatabase(dataDir)).toThrow("cannot be used");
  const untouched = new Database(databaseFile(dataDir));
  expect(untouched.pragma("user_version", { simple: true })).toBe(old);
  expect(() => untouched.prepare("SELECT shoe_size FROM users")).toThrow("no such column");
  untouched.close();

  migrations.pop();
  const after = openDatabase(dataDir);
  expect(after.prepare("SELECT name, shoe_size FROM users").all()).toEqual([
    { name: "ann", shoe_size: null },
  ]);
  expect(after.pragma("user_version", { simple: true })).toBe(old + 1);
  after.close();

  const copyFile = `${databaseFile(dataDir)}.v${old}`;
  expect(statSync(copyFile).mode & 0o777).toBe(0o600);
  const copy = new Database(copyFile, { readonly: true });
  expect(copy.pragma("user_version", { simple: true })).toBe(old);
  expect(copy.prepare("SELECT name FROM users").pluck().all()).toEqual(["ann"]);
  copy.close();
});

it("lets people and tokens from before roles in single clusters do what they could do", () => {
  const at = migrations.findIndex((step) => step.includes("users ADD COLUMN clusters"));
  const later = migrations.splice(at);
  const before = openDatabase(olderDir);
  before.exec(`INSERT INTO users (id, name, password_hash, role, created_at) VALUES ('u', 'ann', 'x', 'operator', 1);
    INSERT INTO tokens (id, user_id, name, role, secret_hash, created_at) VALUES ('t', 'u', 'ci', 'viewer', 'x', 1)`);
  before.close();
  migrations.push(...later);
  const after = openDatabase(olderDir);
  expect(usersTable(after).byId("u")).toMatchObject({ role: "operator", clusters: {} });
  expect(tokensTable(after).byId("t")).toMatchObject({ role: "viewer", clusters: null });
  after.close();
});
