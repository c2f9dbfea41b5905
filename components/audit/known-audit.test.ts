import { expect, test } from "vitest";
import type { AuditItem, AuditPage } from "#lib/shared/api/people-types.ts";
import { type KnownAudit, withNewest } from "./known-audit.ts";

const item = (id: number, result: AuditItem["result"] = "ok"): AuditItem => ({
  id, at: id, userName: "ann", role: "admin", via: "session", address: "192.0.2.1", action: "service.scale",
  object: `service s${id}`, cluster: "local", result, facts: {},
}); // biome-ignore format: short
const items = (...ids: number[]) => ids.map((id) => item(id));
const known = (query: string, next: number | null, ...ids: number[]): KnownAudit => ({
  query, next, items: items(...ids), actions: ["a"],
}); // biome-ignore format: short
const page = (next: number | null, ...ids: number[]): AuditPage => ({
  items: items(...ids),
  next,
  actions: ["b"],
});
const ids = (log: KnownAudit) => log.items.map(({ id }) => id);

test("new rows come on top, and older ones that were loaded stay", () => {
  const after = withNewest(known("q", 4, 9, 8, 7, 6, 5, 4), "q", page(9, 11, 10, 9));
  expect(ids(after)).toEqual([11, 10, 9, 8, 7, 6, 5, 4]);
  expect(after).toMatchObject({ next: 4, actions: ["b"] });
});

test("a row that has ended replaces the one that was under way", () => {
  const before = { ...known("q", null), items: [item(3, "started"), item(2)] };
  const after = withNewest(before, "q", { items: [item(3, "failed"), item(2)], next: null });
  expect(after.items.map(({ result }) => result)).toEqual(["failed", "ok"]);
  expect(after.actions).toEqual(["a"]);
});

test("rows that do not meet the known ones replace them: nothing is missing in between", () => {
  const after = withNewest(known("q", 4, 9, 8, 7, 6, 5, 4), "q", page(18, 20, 19, 18));
  expect(ids(after)).toEqual([20, 19, 18]);
  expect(after.next).toBe(18);
});

test("another filter begins anew, and the last page says that there is no more", () => {
  expect(ids(withNewest(known("q", 4, 6, 5, 4), "other", page(null, 5)))).toEqual([5]);
  const all = withNewest(known("q", null, 3, 2, 1), "q", page(null, 4, 3, 2));
  expect(ids(all)).toEqual([4, 3, 2]);
  expect(all.next).toBeNull();
});
