import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { afterEach, beforeEach, expect, it } from "vitest";
import { auditTable } from "#lib/server/db/audit.ts";
import { type Db, openDatabase } from "#lib/server/db/open.ts";
import type { AuditEntry } from "#lib/server/runtime-types.ts";
import { createAuditLog } from "./audit-log.ts";

const log = pino({ level: "silent" });
const entry: AuditEntry = {
  action: "service.scale", caller: null, address: "192.0.2.1", object: "service web", cluster: "local", result: "ok",
}; // biome-ignore format: short
let dataDir: string;
let db: Db;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "shoal-audit-"));
  db = openDatabase(dataDir);
});
afterEach(() => {
  if (db.open) db.close();
  rmSync(dataDir, { recursive: true });
});

it("hides what is named or shaped like a secret, at any depth", () => {
  const hidden = {
    password: "v-1", newPassword: "v-2", clientSecret: "v-3", token: "v-4", apiKey: "v-5", key: "v-6", unlock_key: "v-7",
    deep: [{ key: "v-8", note: "SWMTKN-1-v-9 and shoal_0123456789ab_v10" }],
  }; // biome-ignore format: short
  createAuditLog(auditTable(db), log).write({
    ...entry,
    object: "Bearer v-11",
    facts: { ...hidden, replicas: 3, monkey: "kept" },
  });
  const text = JSON.stringify(auditTable(db).newest(1));
  expect(text).not.toMatch(/v-?\d/);
  expect(text).toContain("replicas");
  expect(text).toContain("kept");
  expect(text).toContain("[hidden]");
});

it("knows of a change before its outcome, and one row tells both", () => {
  const { result: _, ...begun } = entry;
  const end = createAuditLog(auditTable(db), log).begin(begun);
  expect(auditTable(db).newest(5)).toMatchObject([{ object: "service web", result: "started", facts: null }]);
  end({ object: "service api", result: "failed", facts: { code: "electing", password: "hunter2" } });
  const rows = auditTable(db).newest(5);
  expect(rows).toMatchObject([{ action: "service.scale", object: "service api", result: "failed" }]);
  expect(rows[0]?.facts).toContain("electing");
  expect(rows[0]?.facts).not.toContain("hunter2");
});

it("cuts what is too long", () => {
  const audit = createAuditLog(auditTable(db), log);
  audit.write({ ...entry, object: "x".repeat(100_000), facts: { note: "y".repeat(100_000) } });
  expect(JSON.stringify(auditTable(db).newest(1)).length).toBeLessThan(1_000);
});

it("is bounded by number and age, and refusals push out nothing else", () => {
  let clock = 0;
  const limits = { ok: 600, denied: 50, failed: 50, days: 1 };
  const audit = createAuditLog(auditTable(db), log, { limits, now: () => clock });
  const count = (result: string) =>
    db.prepare("SELECT count(*) FROM audit WHERE result = ?").pluck().get(result) as number;
  audit.write(entry);
  for (let i = 0; i < 2_000; i++) audit.write({ ...entry, result: "denied" });
  expect(count("ok")).toBe(1);
  expect(count("denied")).toBeLessThanOrEqual(50 + 500);
  clock = 2 * 86_400_000;
  for (let i = 0; i < 500; i++) audit.write(entry);
  expect(count("denied")).toBe(0);
  for (let i = 0; i < 3_000; i++) audit.write(entry);
  expect(count("ok")).toBeLessThanOrEqual(600 + 500);
});

it("does not fail the action when the row cannot be written", () => {
  const audit = createAuditLog(auditTable(db), log);
  db.close();
  expect(() => audit.write(entry)).not.toThrow();
});
