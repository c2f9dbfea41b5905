import { expect, it } from "vitest";
import { jsonItems } from "#lib/shared/lossless-json.ts";
import { sameSpec } from "./same-spec.ts";

it.each([
  ["the same bytes", '{"A":1}', '{"A":1}', true],
  ["another order of keys", '{"A":1,"B":"x"}', '{"B":"x", "A":1}', true],
  ["another escape", '{"A":"ü<"}', '{"A":"\\u00fc\\u003c"}', true],
  ["empty and absent", '{"Name":"a","Labels":{},"Ports":null}', '{"Name":"a"}', true],
  ["numbers that one double stands for", '{"A":9007199254740993}', '{"A":9007199254740992}', false],
  ["a number and a text", '{"A":1}', '{"A":"1"}', false],
  ["false and absent", '{"Init":false}', "{}", false],
  ["another order of a list", '{"Env":["a","b"]}', '{"Env":["b","a"]}', false],
])("%s", (_what, a, b, same) => {
  expect(sameSpec(a, b)).toBe(same);
});

it("the items of a list are cut out byte for byte", () => {
  const items = ['{"ID":"a","N":12345678901234567890}', ' {"x":"],["} '.trim(), "[1, 2]", "null"];
  expect(jsonItems(` [ ${items.join(" , ")} ] `)).toEqual(items);
  expect(jsonItems("[]")).toEqual([]);
  expect(jsonItems("null")).toEqual([]);
});
