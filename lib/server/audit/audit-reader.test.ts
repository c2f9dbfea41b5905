import pino from "pino";
import { beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "#lib/server/auth/test-auth.ts";
import { auditTable } from "#lib/server/db/audit.ts";
import { auditSearch } from "#lib/server/db/audit-search.ts";
import type { AuditEntry } from "#lib/server/runtime-types.ts";
import { createAuditLog } from "./audit-log.ts";
import { createAuditReader } from "./audit-reader.ts";

const { at } = testDatabase();
const caller = {
  userId: "u1", name: "Ann", role: "admin", via: "session", credentialId: "s", address: "192.0.2.1",
} as const; // biome-ignore format: short
const base: AuditEntry = {
  action: "service.scale", caller, address: "192.0.2.1", object: "service web_api", cluster: "local", result: "ok",
}; // biome-ignore format: short

const write = (...entries: Partial<AuditEntry>[]) => {
  const log = createAuditLog(auditTable(at.db), pino({ level: "silent" }), { now: () => at.clock });
  for (const entry of entries) {
    log.write({ ...base, ...entry });
    at.clock += 1_000;
  }
};
const reader = () => createAuditReader(auditSearch(at.db));
let began = 0;
beforeEach(() => {
  began = at.clock;
});

describe("a page", () => {
  it("is followed by older ones, by id, without a gap or a row twice", () => {
    write(...Array.from({ length: 25 }, (_, n) => ({ object: `service s${n}` })));
    const seen: string[] = [];
    for (let before: number | undefined, next: number | null = 0; next !== null; ) {
      const page = reader().page({}, 10, before);
      seen.push(...page.items.map((item) => item.object));
      next = page.next;
      before = next ?? undefined;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `service s${24 - n}`));
  });

  it("names every action on the first page alone", () => {
    write({ action: "node.update" }, {}, {});
    const first = reader().page({}, 1);
    expect(first.actions).toEqual(["node.update", "service.scale"]);
    expect(reader().page({}, 1, first.next ?? 0).actions).toBeUndefined();
  });

  it.each([
    [{ who: "ann" }, ["one", "three"]],
    [{ who: "203.0.113" }, ["two"]],
    [{ who: "%" }, []],
    [{ actions: ["node.update", "nothing"] }, ["three"]],
    [{ object: "TW" }, ["two"]],
    [{ results: ["denied", "failed"] as const }, ["two", "three"]],
    [{ who: "ann", results: ["failed"] as const }, ["three"]],
    [{ object: "' OR 1=1 --" }, []],
  ])("with %j has %j", (filter, objects) => {
    write(
      { object: "one" },
      { object: "two", caller: null, address: "203.0.113.9", result: "denied" },
      { object: "three", action: "node.update", result: "failed" },
    );
    const found = reader()
      .page(filter, 10)
      .items.map((item) => item.object);
    expect(found.sort()).toEqual([...objects].sort());
  });

  it("keeps to a time: from is included, to is not", () => {
    write({ object: "one" }, { object: "two" }, { object: "three" });
    const found = reader().page({ from: began + 1_000, to: began + 2_000 }, 10).items;
    expect(found.map((item) => item.object)).toEqual(["two"]);
  });

  it("has the facts as an object", () => {
    write({ facts: { role: { from: "viewer", to: "admin" } } }, {});
    expect(
      reader()
        .page({}, 10)
        .items.map((item) => item.facts),
    ).toEqual([{}, { role: { from: "viewer", to: "admin" } }]);
  });
});

it("pieces hold everything, in pieces", () => {
  write(...Array.from({ length: 1_100 }, (_, n) => ({ object: `service s${n}` })));
  const pieces = [...reader().pieces({})];
  expect(pieces.map((piece) => piece.length)).toEqual([500, 500, 100]);
  expect(pieces.flat()[0]?.object).toBe("service s1099");
  expect([...reader().pieces({ object: "no such thing" })]).toEqual([]);
});
