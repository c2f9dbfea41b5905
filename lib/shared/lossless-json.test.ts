import { describe, expect, it } from "vitest";
import { jsonAt, withJsonAt } from "./lossless-json.ts";

const spec =
  '{ "Name":"a\\"b}", "Big":18446744073709551615, "10":"x","9":"y", "Html":"\\u003cb\\u003e", "Mode":{"Replicated":{"Replicas":2}},\n "List":[1,{"a":[]}], "Float":0.10 }';

describe("jsonAt", () => {
  it.each([
    [["Big"], "18446744073709551615"],
    [["Name"], '"a\\"b}"'],
    [["Html"], '"\\u003cb\\u003e"'],
    [["Mode", "Replicated", "Replicas"], "2"],
    [["List"], '[1,{"a":[]}]'],
    [["Float"], "0.10"],
    [["Mode", "Global"], null],
    [["Name", "deeper"], null],
    [["Nope", "deeper"], null],
  ])("finds %j", (path, expected) => {
    expect(jsonAt(spec, path)).toBe(expected);
  });

  it("refuses what is not JSON", () => {
    expect(() => jsonAt('{"a":1', ["a"])).toThrow(SyntaxError);
  });
});

describe("withJsonAt", () => {
  it("changes nothing but the value", () => {
    const changed = withJsonAt(spec, ["Mode", "Replicated", "Replicas"], "12");
    expect(changed).toBe(spec.replace('"Replicas":2', '"Replicas":12'));
  });

  it.each([
    ['{"a":1}', ["b"], "2", '{"a":1,"b":2}'],
    ["{}", ["b"], "2", '{"b":2}'],
    ['{"a":null}', ["a", "b"], "2", '{"a":{"b":2}}'],
    ["{}", ["a", "b"], "2", '{"a":{"b":2}}'],
    ['{"a":1,"b":2,"c":3}', ["a"], null, '{"b":2,"c":3}'],
    ['{"a":1,"b":2,"c":3}', ["b"], null, '{"a":1,"c":3}'],
    ['{"a":1,"b":2,"c":3}', ["c"], null, '{"a":1,"b":2}'],
    ['{"a":1}', ["a"], null, "{}"],
    ['{"a":1}', ["b"], null, '{"a":1}'],
    ['{"a":1}', ["b", "c"], null, '{"a":1}'],
    ['{"a\\u0022":1}', ['a"'], "5", '{"a\\u0022":5}'],
    ['{"__proto__":1,"b":{"__proto__":2}}', ["b", "__proto__"], "3", '{"__proto__":1,"b":{"__proto__":3}}'],
  ])("%s at %j becomes %s", (text, path, value, expected) => {
    expect(withJsonAt(text, path, value)).toBe(expected);
  });

  it("makes no sense of a value that is not JSON", () => {
    expect(() => withJsonAt("{}", ["a"], "oops")).toThrow(SyntaxError);
  });
});
