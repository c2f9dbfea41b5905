import { expect, it } from "vitest";
import { cardPlace } from "./card-place.ts";

const at = (left: number, top: number) => ({ left, top, width: 100, height: 28 });
const view = { width: 1000, height: 600 };

it.each<[string, ReturnType<typeof at>, { width: number; height: number }, { left: number; top: number }]>([
  ["right of a task", at(100, 100), view, { left: 208, top: 96 }],
  ["left where the right has no room", at(800, 100), view, { left: 506, top: 96 }],
  ["higher near the lower edge", at(100, 580), view, { left: 208, top: 442 }],
  ["below on a phone", at(100, 100), { width: 390, height: 600 }, { left: 96, top: 136 }],
  ["above near the lower edge of a phone", at(100, 560), { width: 390, height: 600 }, { left: 96, top: 402 }],
])("goes %s", (_where, target, window, expected) => {
  expect(cardPlace(target, 150, window)).toEqual(expected);
});
