import { expect, test } from "vitest";
import { add, closingLine, countPlaywright, countVitest, isGreen, judge, none } from "./counts.mjs";

const file = (name, status, ...states) => ({
  name,
  status,
  assertionResults: states.map((state) => ({ status: state })),
});

test.each([
  ["all passed", [file("a", "passed", "passed", "passed")], { passed: 2, failed: 0, skipped: 0 }],
  [
    "todo is skipped",
    [file("a", "passed", "todo", "pending", "skipped")],
    { passed: 0, failed: 0, skipped: 3 },
  ],
  [
    "a file that did not load is a failure of its own",
    [file("a", "failed"), file("b", "failed", "failed", "passed")],
    { passed: 1, failed: 2, skipped: 0 },
  ],
])("vitest: %s", (_, testResults, counts) => {
  expect(countVitest({ testResults })).toEqual(counts);
});

test("vitest: files may be left out", () => {
  const testResults = [file("a", "failed", "failed", "passed"), file("b", "passed", "passed")];
  expect(countVitest({ testResults }, ["a"])).toEqual({ passed: 1, failed: 0, skipped: 0 });
});

const spec = (name, ...states) => ({ file: name, tests: states.map((status) => ({ status })) });

test("playwright: flaky tests and global errors are failures, files may be left out", () => {
  const report = {
    suites: [
      {
        specs: [spec("a", "expected", "flaky"), spec("a", "skipped")],
        suites: [{ specs: [spec("b", "unexpected")] }],
      },
    ],
    errors: [{ message: "no browser" }],
  };
  expect(countPlaywright(report)).toEqual({ passed: 1, failed: 3, skipped: 1 });
  expect(countPlaywright(report, ["b"])).toEqual({ passed: 1, failed: 2, skipped: 1 });
});

test.each([
  ["no report", undefined, 1, { passed: 0, failed: 1, skipped: 0, problem: "left no report (exit code 1)" }],
  ["no test", { ...none, skipped: 3 }, 0, { passed: 0, failed: 1, skipped: 3, problem: "ran no test" }],
  ["a bad exit", { ...none, passed: 3 }, 7, { passed: 3, failed: 1, skipped: 0, problem: "exit code 7" }],
  ["a failed test", { ...none, passed: 3, failed: 1 }, 1, { passed: 3, failed: 1, skipped: 0 }],
  ["a good run", { ...none, passed: 3 }, 0, { passed: 3, failed: 0, skipped: 0 }],
])("a runner's step is judged: %s", (_, counts, exitCode, judged) => {
  expect(judge(counts, exitCode)).toEqual(judged);
});

test("a run is green only when something passed and nothing failed", () => {
  expect(isGreen(none)).toBe(false);
  expect(isGreen({ passed: 1, failed: 0, skipped: 9 })).toBe(true);
  expect(isGreen({ passed: 9, failed: 1, skipped: 0 })).toBe(false);
});

test("the closing line adds everything up", () => {
  const total = add({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 });
  expect(closingLine(total)).toBe("11 passed, 22 failed, 33 skipped");
});
