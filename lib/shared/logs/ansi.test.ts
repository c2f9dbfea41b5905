import { expect, it } from "vitest";
import { parseAnsi, withoutAnsi } from "./ansi.ts";

/** Spans as text with their colour and look: "red/1b" = colour 1, bold. */
const short = (text: string) =>
  parseAnsi(text).map(({ text: part, color, bold, dim, italic, underline }) => {
    const look = `${color ?? ""}${bold ? "b" : ""}${dim ? "d" : ""}${italic ? "i" : ""}${underline ? "u" : ""}`;
    return look === "" ? part : `${part}/${look}`;
  });

it.each<[string, string, string[]]>([
  ["plain text", "hello", ["hello"]],
  ["a colour and its end", "\x1b[31mred\x1b[0m plain", ["red/1", " plain"]],
  ["bold bright", "\x1b[1;92mOK\x1b[m!", ["OK/10b", "!"]],
  ["parts that end one by one", "\x1b[1;4;33ma\x1b[22mb\x1b[24mc\x1b[39md", ["a/3bu", "b/3u", "c/3", "d"]],
  ["256 colours", "\x1b[38;5;196mx\x1b[38;5;240my", ["x/9", "y/8"]],
  ["true colour", "\x1b[38;2;10;200;30mx\x1b[38:2:0:0:90my", ["x/2", "y/4"]],
  ["a background, which is left out", "\x1b[48;5;1;31mx", ["x/1"]],
  ["cursor and title sequences", "\x1b[2K\x1b[1Gdone\x1b]0;title\x07!", ["done", "!"]],
  ["a link", "\x1b]8;;http://evil\x1b\\text\x1b]8;;\x1b\\", ["text"]],
  ["a sequence that never ends", "a\x1b[31", ["a", "[31"]],
  ["control characters", "a\x00b\x07c\td\re\x7f", ["a␀b␇c\td␍e␡"]],
  ["marks of direction", "abc\u202edef\u2066", ["abc�def�"]],
  ["markup", "<b>&amp;</b>", ["<b>&amp;</b>"]],
])("reads %s", (_what, text, expected) => {
  expect(short(text)).toEqual(expected);
});

it("searches the text that is seen", () => {
  for (const text of ["\x1b[31mred\x1b[0m plain", "a\x1b[2Kb\x00", "x\x1b[38;5;1my", "a\x1b[31"]) {
    expect(withoutAnsi(text)).toBe(
      parseAnsi(text)
        .map((span) => span.text)
        .join(""),
    );
  }
});

it.each([
  ["many starts", "\x1b".repeat(30_000)],
  ["endless parameters", `\x1b[${";".repeat(30_000)}`],
  ["a string without an end", `\x1b]${"x".repeat(30_000)}`],
])("does not hang on %s", (_what, text) => {
  expect(parseAnsi(text).length).toBeLessThan(3);
});
