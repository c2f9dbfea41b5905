// Which tests failed, read from the runners' JSON reports: to name them at the end of a run, and to run their files again.

/** A failed test, or a file that could not be loaded or set up. @typedef {{file: string, title: string, why: string}} Failure */

const firstLine = (text) =>
  String(text ?? "")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters.
    .replace(/\u001b\[[\d;]*m/g, "")
    .split("\n")
    .map((line) => line.trim())
    .find((line) => line !== "")
    ?.slice(0, 200) ?? "";

/** Of a vitest JSON report. @returns {Failure[]} */
export function failuresOfVitest(report) {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (status === "failed" && failed.length === 0)
      return [{ file: name, title: "the file itself", why: firstLine(message) }];
    return failed.map(({ fullName, failureMessages }) => ({
      file: name,
      title: fullName,
      why: firstLine(failureMessages?.[0]),
    }));
  });
}

/** Of a Playwright JSON report. @returns {Failure[]} */
export function failuresOfPlaywright(report) {
  const walk = (suite) => [
    ...(suite.specs ?? [])
      .filter(({ ok }) => !ok)
      .map(({ file, title, tests }) => ({
        file,
        title,
        why: firstLine(tests[0]?.results.find(({ error }) => error)?.error.message),
      })),
    ...(suite.suites ?? []).flatMap(walk),
  ];
  return report.suites.flatMap(walk);
}

/** The files of these failures, each once. @param {Failure[]} failures */
export const filesOf = (failures) => [...new Set(failures.map(({ file }) => file))];

/** More broken files than this are no accident: nothing is run again. */
const mostFilesAgain = 3;

/** Whether a suite that failed may be asked a second time. @param {Failure[]} failures */
export const deservesSecondRun = (failures) => {
  const files = filesOf(failures).length;
  return files > 0 && files <= mostFilesAgain;
};

/** @param {string} step @param {Failure} failure @param {string} root */
export const failureLine = (step, { file, title, why }, root) =>
  `  ${step}  ${file.replace(`${root}/`, "")} › ${title}${why && `: ${why}`}`;
