import { expect, it } from "vitest";
import { scrollBy } from "./pan-map.ts";

it.each<[string, number, number, number]>([
  ["in sight", 120, 180, 0],
  ["before the start", 60, 120, -40],
  ["behind the end", 280, 340, 40],
  ["longer than the view: its start counts", 150, 500, 50],
])("a thing that is %s", (_where, from, to, expected) => {
  expect(scrollBy(from, to, 100, 300)).toBe(expected);
});
