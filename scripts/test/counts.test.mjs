import { expect, test } from "vitest";
import { add, closingLine, countPlaywright, countVitest, isGreen, judge, none } from "./counts.mjs";

const vitestReport = (numbers, testResults = []) => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults,
  ...numbers,
});

test.each([
  ["all passed", vitestReport({ numPassedTests: 4 }), { passed: 4, failed: 0, skipped: 0 }],
  [
    "todo is skipped",
    vitestReport({ numPendingTests: 2, numTodoTests: 1 }),
    { passed: 0, failed: 0, skipped: 3 },
  ],
  [
    "a file that did not load is a failure of its own",
    vitestReport({ numPassedTests: 1, numFailedTests: 1 }, [
      { status: "failed", assertionResults: [] },
      { status: "failed", assertionResults: [{ status: "failed" }, { status: "passed" }] },
    ]),
    { passed: 1, failed: 2, skipped: 0 },
  ],
])("vitest: %s", (_, report, counts) => {
  expect(countVitest(report)).toEqual(counts);
});

test("playwright: flaky tests and global errors are failures", () => {
  const report = {
    stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 },
    errors: [{ message: "no browser" }],
  };
  expect(countPlaywright(report)).toEqual({ passed: 5, failed: 3, skipped: 2 });
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
