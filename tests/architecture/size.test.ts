import { expect, test } from "vitest";
import { sourceFiles } from "./sources.ts";

const MAX_LINES = 350;

test(`no file of code is longer than ${MAX_LINES} lines`, () => {
  const files = sourceFiles(".ts", ".tsx", ".mjs", ".js", ".sh");
  expect(files.length).toBeGreaterThan(50);
  const long = files
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }))
    .filter(({ lines }) => lines > MAX_LINES);
  expect(long).toEqual([]);
});
