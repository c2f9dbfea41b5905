import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { agents } from "#lib/shared/i18n/en/agents.ts";

const guide = readFileSync("docs/agents.md", "utf8");
const messages = Object.entries(agents).filter(([, text]) => typeof text === "string") as [string, string][];

/** The part of a message that stands before what is filled in, and before its advice. */
const beginningOf = (text: string) => /^[^.:{]+/.exec(text)?.[0].trim() ?? "";

test("the guide says what to do about every refusal of an agent", () => {
  const refusals = messages.filter(([key]) => key.startsWith("agents.refused."));
  expect(refusals.length).toBeGreaterThan(5);
  const unsaid = refusals.filter(([, text]) => !guide.includes(`| ${beginningOf(text)}`)).map(([key]) => key);
  expect(unsaid).toEqual([]);
});

test("the guide explains every word of the page but the good one", () => {
  const words = messages.filter(([key]) => /^agents\.word\.(?!connected)/.test(key));
  expect(words.length).toBeGreaterThan(4);
  expect(words.filter(([, word]) => !guide.includes(`| ${word} |`)).map(([key]) => key)).toEqual([]);
});
