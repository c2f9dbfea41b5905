import { expect, test } from "vitest";
import { parseOptions } from "./options.mjs";

const steps = ["lint", "unit", "swarm"].map((name) => ({ name, about: `runs ${name}` }));
const chosen = (args) => {
  const { isWanted, isSkipped } = parseOptions(args, steps);
  return steps.map(({ name }) => name).filter((name) => isWanted(name) && !isSkipped(name));
};

test.each([
  [[], ["lint", "unit", "swarm"]],
  [
    ["--only", "unit,lint"],
    ["lint", "unit"],
  ],
  [
    ["--only=unit", "--only=swarm"],
    ["unit", "swarm"],
  ],
  [
    ["--skip", "swarm"],
    ["lint", "unit"],
  ],
  [["--only=unit,lint", "--skip=lint"], ["unit"]],
])("%j runs %j", (args, expected) => {
  expect(chosen(args)).toEqual(expected);
});

test.each([
  [["--only", "unt"], '--only "unt": no such step: unt. Steps: lint, unit, swarm.'],
  [["--skip"], '--skip "": no step named. Steps: lint, unit, swarm.'],
  [["--fast"], 'Unknown option "--fast". npm test -- --help shows the options.'],
  [["--limit-minutes", "soon"], '--limit-minutes needs a number above 0, not "soon".'],
])("%j is refused with a reason", (args, message) => {
  expect(parseOptions(args, steps)).toBe(message);
});

test("help names every step", () => {
  expect(parseOptions(["--help"], steps)).toMatch(
    /^Usage: [\s\S]*lint +runs lint\n +unit +runs unit\n +swarm +runs swarm/,
  );
});
