import { expect, test } from "vitest";
import { differences } from "./differences.ts";

test("only what changes is told, with what it was", () => {
  const labels: Record<string, string> = { a: "1" };
  const before = { name: "ann", role: "viewer", disabled: false, labels };
  expect(
    differences(before, { name: "ann", role: "admin", disabled: undefined, labels: { a: "1" } }),
  ).toEqual({
    role: { from: "viewer", to: "admin" },
  });
  expect(differences(before, { labels: { b: "2" } })).toEqual({
    labels: { from: { a: "1" }, to: { b: "2" } },
  });
  expect(differences(before, {})).toEqual({});
});
