import { expect, it } from "vitest";
import { lineDiff, withContext } from "./line-diff.ts";

const shown = (before: string, after: string) =>
  lineDiff(before, after).map(({ kind, text }) => `${{ same: " ", removed: "-", added: "+" }[kind]}${text}`);

it.each([
  ["the same", "a\nb", "a\nb", [" a", " b"]],
  ["a line changed", "a\nb\nc", "a\nx\nc", [" a", "-b", "+x", " c"]],
  ["a line added at the end", "a", "a\nb", [" a", "+b"]],
  ["a line removed at the start", "a\nb", "b", ["-a", " b"]],
  ["nothing in common", "a\nb", "c", ["-a", "-b", "+c"]],
])("%s", (_what, before, after, expected) => {
  expect(shown(before, after)).toEqual(expected);
});

it("both texts come out of it again, whatever they are", () => {
  let seed = 7;
  const random = (n: number) => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed % n;
  };
  for (let round = 0; round < 300; round += 1) {
    const text = () => Array.from({ length: random(12) }, () => "abc"[random(3)]).join("\n");
    const [before, after] = [text(), text()];
    const lines = lineDiff(before, after);
    const of = (kind: string) => lines.filter((line) => line.kind !== kind).map((line) => line.text);
    expect(of("added").join("\n")).toBe(before);
    expect(of("removed").join("\n")).toBe(after);
  }
});

it("equal lines far from any change are counted", () => {
  const before = Array.from({ length: 30 }, (_, index) => String(index));
  const parts = withContext(lineDiff(before.join("\n"), before.with(10, "x").join("\n")));
  expect(parts.map((part) => ("left" in part ? part.left : part.lines.length))).toEqual([7, 8, 16]);
});
