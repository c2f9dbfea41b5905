import { describe, expect, it } from "vitest";
import { labelEdits } from "./label-edits.ts";

describe("labelEdits", () => {
  it("edits only labels that differ", () => {
    const before = { same: "1", changed: "1", removed: "1" };
    const edits = labelEdits(before, { same: "1", changed: "2", added: "" }, before);
    expect(edits.map(({ path, expected, next }) => [path[1], expected, next(null)])).toEqual([
      ["changed", '"1"', '"2"'],
      ["removed", '"1"', null],
      ["added", null, '""'],
    ]);
  });

  it("takes a value that was shown shortened for unchanged", () => {
    const long = "x".repeat(10_000);
    const shown = `${"x".repeat(4095)}…`;
    expect(labelEdits({ a: shown }, { a: shown }, { a: long })).toEqual([]);
    expect(labelEdits({ a: shown }, {}, { a: long })[0]?.expected).toBe(JSON.stringify(long));
  });

  it("is not confused by names every object has", () => {
    expect(labelEdits({}, { constructor: "x" }, {})[0]?.expected).toBeNull();
  });
});
