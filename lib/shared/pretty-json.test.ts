import { expect, test } from "vitest";
import { compactJson, doubledMember, prettyJson } from "./pretty-json.ts";

const text =
  '{"a":{"b":[1,12345678901234567890,{}],"c":"x \\u003c {\\"y\\": [1]}"},"d":[],"e":null,"f":-1.50e3}';

test("values stay as they were written, there and back", () => {
  expect(prettyJson(text)).toContain('    "b": [\n      1,\n      12345678901234567890,\n      {}\n    ],');
  expect(prettyJson(text)).toContain('"c": "x \\u003c {\\"y\\": [1]}"');
  expect(compactJson(prettyJson(text))).toBe(text);
  expect(JSON.parse(prettyJson(text))).toEqual(JSON.parse(text));
});

test("a name that is there twice is found", () => {
  expect(doubledMember(text)).toBeNull();
  expect(doubledMember('[{"a":1},{"a":1}]')).toBeNull();
  expect(doubledMember('{"x":{"a":"a","b":["a"],"\\u0061":2}}')).toBe("x.a");
  expect(() => doubledMember("{")).toThrow(SyntaxError);
});
