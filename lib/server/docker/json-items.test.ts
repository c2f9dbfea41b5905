import { describe, expect, test } from "vitest";
import { JsonItems } from "./json-items.ts";

function read(text: string, pieces: number): unknown[] {
  const bytes = Buffer.from(text);
  const items: unknown[] = [];
  const parser = new JsonItems((item) => items.push(JSON.parse(item)));
  for (let at = 0; at < bytes.length; at += pieces) parser.push(bytes.subarray(at, at + pieces));
  parser.end();
  return items;
}

const whole = [1, 2, 3, 7, 64, 1_000];

describe("items of a JSON array", () => {
  test.each([
    "[]",
    " [ ] \n",
    "[1]",
    '["a,]", "b\\"]", "\\\\", "한글 ☂"]',
    '[{"a":[1,{"b":"}"}]},[],{},[[[2]]],null,true,-1.5e3]',
    ` [\n${Array.from({ length: 50 }, (_, i) => JSON.stringify({ ID: i, Text: `"${"\\".repeat(i)}` })).join(" ,\n")} ]\r\n`,
  ])("are those of JSON.parse, however the bytes are cut: %j", (text) => {
    for (const pieces of whole) expect(read(text, pieces)).toEqual(JSON.parse(text));
  });

  test("are none in null, as Go writes an empty list", () => {
    for (const pieces of whole) expect(read("null\n", pieces)).toEqual([]);
  });

  test.each([
    "", "[", "[1", "[1,", '[{"a":1}', "[1,]", "[,1]", "[1 2]", "[1]x", "[1],", '{"message":"no"}', "nul", "nulls", '[{"a":"', '"[1]"', "[1]]", '[{"a" 1}]',
  ])("are refused when the text is cut or no array: %j", (text) => {
    for (const pieces of whole) expect(() => read(text, pieces), `pieces of ${pieces}`).toThrow(SyntaxError);
  }); // biome-ignore format: one list
});
