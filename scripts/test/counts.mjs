// Counting what ran: passed, failed and skipped tests, read from the runners' own JSON reports and never from text.

/** @typedef {{passed: number, failed: number, skipped: number}} Counts */

/** @type {Counts} */
export const none = { passed: 0, failed: 0, skipped: 0 };

/** @param {Counts} a @param {Counts} b @returns {Counts} */
export const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** Something passed and nothing failed; a run in which nothing passed has shown nothing. @param {Counts} counts */
export const isGreen = (counts) => counts.failed === 0 && counts.passed > 0;

/** The very last line of a run. @param {Counts} counts */
export const closingLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

/**
 * Of a vitest JSON report. A file that could not be loaded has no tests and counts as one failure.
 *
 * @param {string[]} [without] files that do not count
 * @returns {Counts}
 */
export function countVitest({ testResults }, without = []) {
  return testResults
    .filter(({ name }) => !without.includes(name))
    .map(({ status, assertionResults }) => {
      const of = (...states) => assertionResults.filter((test) => states.includes(test.status)).length;
      const failed = of("failed");
      return {
        passed: of("passed"),
        failed: status === "failed" && failed === 0 ? 1 : failed,
        skipped: of("pending", "skipped", "todo", "disabled"),
      };
    })
    .reduce(add, none);
}

/** Of a Playwright JSON report. @param {string[]} [without] files that do not count @returns {Counts} */
export function countPlaywright(report, without = []) {
  const walk = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(walk)];
  const tests = report.suites
    .flatMap(walk)
    .filter(({ file }) => !without.includes(file))
    .flatMap((spec) => spec.tests);
  const of = (...states) => tests.filter(({ status }) => states.includes(status)).length;
  return {
    passed: of("expected"),
    failed: of("unexpected", "flaky") + report.errors.length,
    skipped: of("skipped"),
  };
}

/**
 * The counts of a runner's step, made honest: no report, no test at all, or a bad exit code without a failed test is a
 * failure, and `problem` says which.
 *
 * @param {Counts | undefined} counts undefined when there was no report
 * @param {number | null} exitCode
 * @returns {Counts & {problem?: string}}
 */
export function judge(counts, exitCode) {
  if (!counts) return { ...none, failed: 1, problem: `left no report (exit code ${exitCode})` };
  if (counts.passed + counts.failed === 0) return { ...counts, failed: 1, problem: "ran no test" };
  if (exitCode !== 0 && counts.failed === 0)
    return { ...counts, failed: 1, problem: `exit code ${exitCode}` };
  return counts;
}
