import { expect, it } from "vitest";
import { linesToLabels } from "./label-editor.tsx";

it.each([
  [
    "empty lines are left out",
    [
      { key: "", value: " " },
      { key: "a", value: "" },
    ],
    { a: "" },
  ],
  ["names are trimmed, values are not", [{ key: " zone ", value: " b " }], { zone: " b " }],
  ["a name of the language is a name", [{ key: "__proto__", value: "x" }], JSON.parse('{"__proto__":"x"}')],
  ["no name", [{ key: "", value: "b" }], "The label with the value “b” has no name."],
  [
    "twice",
    [
      { key: "a", value: "1" },
      { key: "a ", value: "2" },
    ],
    "The label a is there twice.",
  ],
])("linesToLabels: %s", (_, lines, expected) => expect(linesToLabels(lines)).toEqual(expected));
