import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Db, openDatabase } from "./open.ts";
import { type Revision, revisionsTable } from "./revisions.ts";
import { serviceColorsTable } from "./service-colors.ts";
import { usersTable } from "./users.ts";

let dataDir: string;
let db: Db;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "shoal-tables-"));
  db = openDatabase(dataDir);
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
});

it("revisions keep the engine's text byte for byte, newest first, 100 for each object", () => {
  const table = revisionsTable(db);
  const specBefore = '{"Name":"w\\u0041",  "Big":12345678901234567890,"Env":["A=\\u0000ü"]}';
  const revision: Revision = {
    cluster: "local", kind: "service", objectId: "s1", objectName: "web", at: 1, userId: "u", userName: "ann",
    via: "session", action: "service.scale", specBefore, specAfter: "{}",
  }; // biome-ignore format: short
  table.begin(revision).confirm();
  const [first] = table.list("local", "service", "s1");
  expect(table.byId(first?.id ?? -1)).toEqual({ ...revision, id: first?.id, confirmed: 1 });
  table.begin({ ...revision, objectId: "s2" });
  for (let at = 2; at <= 120; at++) table.begin({ ...revision, at });
  const list = table.list("local", "service", "s1");
  expect(list).toHaveLength(100);
  expect([list[0]?.at, list[99]?.at]).toEqual([120, 21]);
  expect(list[0]).not.toHaveProperty("specBefore");
  expect(table.list("local", "service", "s2")).toMatchObject([{ confirmed: 0 }]);
  table.begin({ ...revision, objectId: "s3" }).drop();
  expect(table.list("local", "service", "s3")).toEqual([]);
  expect(table.byId(-1)).toBeNull();
});

it("service colours belong to a cluster and a name, and go when unseen", () => {
  const table = serviceColorsTable(db);
  table.put("local", [
    { name: "web_api", hue: 3, marking: 0, lastSeenAt: 10 },
    { name: "web_db", hue: 8, marking: 1, lastSeenAt: 10 },
  ]);
  table.put("local", [{ name: "web_api", hue: 3, marking: 0, lastSeenAt: 20 }]);
  table.put("demo", [{ name: "web_api", hue: 5, marking: 2, lastSeenAt: 1 }]);
  table.removeUnseen("local", 15);
  expect(table.list("local")).toEqual([{ name: "web_api", hue: 3, marking: 0, lastSeenAt: 20 }]);
  expect(table.list("demo")).toHaveLength(1);
});

it("account names are unique in any case", () => {
  const table = usersTable(db);
  table.insert({ name: "Ann", passwordHash: "x", role: "admin", now: 1 });
  expect(table.byName("aNN")?.name).toBe("Ann");
  expect(() => table.insert({ name: "ann", passwordHash: "x", role: "viewer", now: 1 })).toThrow("UNIQUE");
});
