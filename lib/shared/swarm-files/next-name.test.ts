import { expect, it } from "vitest";
import { isFileName } from "./limits.ts";
import { nextName } from "./next-name.ts";

const random = (digits: number) => "f".repeat(digits);

it.each([
  ["key", [], "key_2"],
  ["key", ["key_2", "key_3"], "key_4"],
  ["key_9", ["key"], "key_10"],
  ["shop_key-v2", [], "shop_key-v3"],
  ["app.conf_1a2b3c4d", [], "app.conf_ffffffff"],
  ["x".repeat(64), [], `${"x".repeat(62)}_2`],
  ["2024", [], "2024_2"],
])("%s, with %j taken, is followed by %s", (name, taken, expected) => {
  expect(nextName(name, taken, random)).toBe(expected);
  expect(isFileName(expected)).toBe(true);
});
