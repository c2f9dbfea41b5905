import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Db, openDatabase } from "#lib/server/db/open.ts";
import { savedFiltersTable } from "#lib/server/db/saved-filters.ts";
import type { Caller } from "#lib/server/runtime-types.ts";
import { createSavedFilters } from "./saved-filters.ts";

let dataDir: string;
let db: Db;
const user = (id: string): Caller => ({
  userId: id, name: id, role: "viewer", access: { role: "viewer", clusters: {} }, via: "session", credentialId: "s", address: "::1",
}); // biome-ignore format: short
const ann = user("ann");
const bob = user("bob");

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "shoal-filters-"));
  db = openDatabase(dataDir);
  for (const id of ["ann", "bob"])
    db.prepare(
      "INSERT INTO users (id, name, password_hash, role, created_at) VALUES (?, ?, '', 'viewer', 0)",
    ).run(id, id);
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
});

test("everybody has their own, by page; the same name again replaces the filter", () => {
  const filters = createSavedFilters(savedFiltersTable(db));
  const mine = filters.save(ann, { page: "services", name: "Trouble", query: "state=failing" });
  filters.save(ann, { page: "map", name: "Trouble", query: "q=x" });
  filters.save(bob, { page: "services", name: "Trouble", query: "q=bob" });
  expect(filters.save(ann, { page: "services", name: "Trouble", query: "state=waiting" })).toEqual({
    ...mine,
    query: "state=waiting",
  });
  expect(filters.list(ann, "services")).toEqual([{ ...mine, query: "state=waiting" }]);
  expect(filters.list(ann)).toHaveLength(2);
  expect(filters.list(bob)).toHaveLength(1);
});

test("nobody touches what is another's, and names stay distinct", () => {
  const filters = createSavedFilters(savedFiltersTable(db));
  const mine = filters.save(ann, { page: "services", name: "A", query: "q=a" });
  filters.save(ann, { page: "services", name: "B", query: "q=b" });
  expect(() => filters.rename(bob, mine.id, "Mine")).toThrow("not yours");
  expect(() => filters.remove(bob, mine.id)).toThrow("not yours");
  expect(() => filters.rename(ann, mine.id, "B")).toThrow("a filter named B already");
  expect(filters.rename(ann, mine.id, "C")).toEqual({ ...mine, name: "C" });
  filters.remove(ann, mine.id);
  expect(filters.list(ann).map(({ name }) => name)).toEqual(["B"]);
});

test("a token has none, there is an end to them, and they go with the account", () => {
  const filters = createSavedFilters(savedFiltersTable(db));
  const token: Caller = { ...ann, via: "token" };
  expect(() => filters.list(token)).toThrow("An API token has no saved filters");
  for (let i = 0; i < 200; i += 1) filters.save(ann, { page: "map", name: `n${i}`, query: "q=x" });
  expect(() => filters.save(ann, { page: "map", name: "one more", query: "q=x" })).toThrow(
    "200 saved filters",
  );
  filters.save(ann, { page: "map", name: "n7", query: "q=y" });
  db.prepare("DELETE FROM users WHERE id = 'ann'").run();
  expect(savedFiltersTable(db).list("ann")).toEqual([]);
});
