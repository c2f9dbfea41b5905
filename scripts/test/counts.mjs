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

/** Of a vitest JSON report. A file that could not be loaded has no tests and counts as one failure. @returns {Counts} */
export function countVitest(report) {
  const broken = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Of a Playwright JSON report. A test that passed only at a second try counts as failed. @returns {Counts} */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped };
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
