import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { settingsTable } from "#lib/server/config/describe-variables.ts";

test("the README's table of settings is the one in the code", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const table = /<!-- settings:[^>]*-->\n([\s\S]*?)\n<!-- \/settings -->/.exec(readme)?.[1];
  expect(table).toBe(settingsTable());
});
