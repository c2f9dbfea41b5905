import { describe, expect, it, test } from "vitest";
import {
  type Access,
  heldTo,
  highestRole,
  isSameAccess,
  mayAnywhere,
  roleIn,
  shownClusters,
} from "./access.ts";
import { mayDo, permissions } from "./roles.ts";

const everywhere: Access = { role: "viewer", clusters: {} };
const more: Access = { role: "viewer", clusters: { lab: "admin", shop: "none" } };
const onlyLab: Access = { role: "none", clusters: { lab: "operator" } };

test.each([
  [everywhere, null, "viewer"],
  [everywhere, "lab", "viewer"],
  [more, null, "viewer"],
  [more, "lab", "admin"],
  [more, "shop", "none"],
  [more, "made later", "viewer"],
  [onlyLab, null, "none"],
  [onlyLab, "lab", "operator"],
  [onlyLab, "shop", "none"],
  [onlyLab, "constructor", "none"],
  [onlyLab, "__proto__", "none"],
  [everywhere, "toString", "viewer"],
] as const)("%o in %s: %s", (access, cluster, role) => expect(roleIn(access, cluster)).toBe(role));

test.each([
  ["admin", null, { role: "viewer", clusters: { lab: "admin", shop: "none" } }],
  ["operator", null, { role: "viewer", clusters: { lab: "operator", shop: "none" } }],
  ["viewer", ["lab"], { role: "none", clusters: { lab: "viewer" } }],
  [
    "admin",
    ["lab", "shop", "local"],
    { role: "none", clusters: { lab: "admin", shop: "none", local: "viewer" } },
  ],
  ["admin", [], { role: "none", clusters: {} }],
] as const)("held to %s in %o", (role, only, held) => expect(heldTo(more, role, only)).toEqual(held));

describe("somebody without a role", () => {
  it("may see to the own account and ask for the clusters there are, and nothing else", () => {
    const names = Object.keys(permissions) as (keyof typeof permissions)[];
    expect(names.filter((name) => mayDo("none", name)).sort()).toEqual(["account.own", "cluster.list"]);
  });
});

test("the highest role anywhere decides what may be asked at all", () => {
  expect([everywhere, more, onlyLab].map(highestRole)).toEqual(["viewer", "admin", "operator"]);
  expect(mayAnywhere(more, "container.exec")).toBe(true);
  expect(mayAnywhere(onlyLab, "container.exec")).toBe(false);
});

test("nobody is told the name of a cluster that is hidden from them", () => {
  expect(shownClusters(more)).toEqual({ lab: "admin" });
});

test.each([
  [more, { role: "viewer", clusters: { shop: "none", lab: "admin" } }, true],
  [everywhere, { role: "viewer", clusters: { lab: "viewer" } }, true],
  [more, everywhere, false],
  [onlyLab, { role: "viewer", clusters: { lab: "operator" } }, false],
] as const)("%o and %o: the same %s", (one, other, same) => expect(isSameAccess(one, other)).toBe(same));
