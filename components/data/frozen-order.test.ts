import { describe, expect, it } from "vitest";
import { type HeldRow, holdOrder, longestRise } from "./frozen-order.ts";

interface Row {
  id: string;
  value: number;
}

const rows = (text: string): Row[] => [...text].map((id, index) => ({ id, value: index }));
const held = (text: string): HeldRow<Row>[] => rows(text).map((row) => ({ key: row.id, row, gone: false }));
const keyOf = (row: Row) => row.id;

describe("holdOrder", () => {
  it.each([
    ["nothing changed", "abcd", "abcd", "abcd", 0],
    ["one row moved to the front", "abcd", "dabc", "abcd", 1],
    ["everything reversed: all but one move", "abcd", "dcba", "abcd", 3],
    ["a row came", "abc", "axbc", "abc", 1],
    ["a row went and stays in its place", "abc", "ac", "abc", 1],
    ["came, went and moved", "abcd", "xdab", "abcd", 3],
    ["empty before", "", "ab", "", 2],
    ["empty after", "ab", "", "ab", 2],
  ])("%s", (_name, before, after, shown, changes) => {
    const result = holdOrder(held(before), rows(after), keyOf);
    expect(result.rows.map((row) => row.key).join("")).toBe(shown);
    expect(result.changes).toBe(changes);
  });

  it("shows new values in old places and marks what went", () => {
    const result = holdOrder(held("ab"), [{ id: "b", value: 99 }], keyOf);
    expect(result.rows).toEqual([
      { key: "a", row: { id: "a", value: 0 }, gone: true },
      { key: "b", row: { id: "b", value: 99 }, gone: false },
    ]);
  });

  it("brings a row back that went and came again", () => {
    const gone = holdOrder(held("ab"), rows("b"), keyOf).rows;
    expect(holdOrder(gone, rows("ab"), keyOf)).toEqual({ rows: held("ab"), changes: 0 });
  });
});

describe("longestRise", () => {
  it.each<[number[], number]>([
    [[], 0],
    [[5], 1],
    [[3, 1, 2], 2],
    [[0, 8, 4, 12, 2, 10, 6, 14, 1, 9], 4],
  ])("%j is %i", (values, length) => expect(longestRise(values)).toBe(length));
});
