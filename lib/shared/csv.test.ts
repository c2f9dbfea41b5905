import { expect, test } from "vitest";
import { csvLine } from "./csv.ts";

test("a line quotes text, doubles quotes, and keeps line breaks and commas inside a cell", () => {
  expect(csvLine([7, "plain", null, 'a "b", c', "two\nlines"])).toBe(
    '7,"plain",,"a ""b"", c","two\nlines"\r\n',
  );
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|' /C calc'!A0", "＝1+1", "\n=1"])(
  "%j is no formula",
  (text) => {
    expect(csvLine([text])).toBe(`"'${text}"\r\n`);
  },
);

test("text that only holds such a sign is as it was", () => {
  expect(csvLine(["service web-api", "a=b"])).toBe('"service web-api","a=b"\r\n');
});
