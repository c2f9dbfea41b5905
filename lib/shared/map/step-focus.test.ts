import { expect, it } from "vitest";
import { type Box, type Direction, stepFocus } from "./step-focus.ts";

const tile = (left: number, top: number, width = 130): Box => ({ left, top, width, height: 28 });
/** A card of two columns with a wide tile first, and a second card beside it. */
const boxes = [
  tile(0, 0, 265), tile(0, 33), tile(135, 33), tile(0, 66),
  tile(300, 0), tile(435, 0), tile(300, 33),
]; // biome-ignore format: two cards

it.each<[number, Direction, number | null]>([
  [0, "left", null],
  [0, "right", 1],
  [3, "right", 4],
  [4, "left", 3],
  [6, "right", null],
  [1, "down", 3],
  [2, "down", 3],
  [0, "down", 1],
  [3, "up", 1],
  [5, "down", 6],
  [6, "up", 4],
  [4, "up", null],
  [-1, "down", 0],
])("from %i %s to %s", (from, direction, expected) => {
  expect(stepFocus(boxes, from, direction)).toBe(expected);
});

it("has nowhere to go without boxes", () => {
  expect(stepFocus([], 0, "right")).toBeNull();
});
