import { expect, test } from "vitest";
import {
  deservesSecondRun,
  failureLine,
  failuresOfPlaywright,
  failuresOfVitest,
  filesOf,
} from "./failures.mjs";

const vitestReport = {
  testResults: [
    { name: "/r/a.test.ts", status: "passed", assertionResults: [{ status: "passed", fullName: "fine" }] },
    {
      name: "/r/b.test.ts",
      status: "failed",
      assertionResults: [
        { status: "failed", fullName: "x y", failureMessages: ["\u001b[31mexpected 1\u001b[39m\n at"] },
        { status: "passed", fullName: "z" },
      ],
    },
    { name: "/r/c.test.ts", status: "failed", message: "\nno lab\n", assertionResults: [] },
  ],
};

test("vitest: failed tests, and files that did not get so far", () => {
  expect(failuresOfVitest(vitestReport)).toEqual([
    { file: "/r/b.test.ts", title: "x y", why: "expected 1" },
    { file: "/r/c.test.ts", title: "the file itself", why: "no lab" },
  ]);
});

test("playwright: failed tests at every depth", () => {
  const failed = {
    ok: false,
    file: "a.spec.ts",
    title: "t",
    tests: [{ results: [{ error: { message: "late" } }] }],
  };
  const report = { suites: [{ specs: [{ ...failed, ok: true }], suites: [{ specs: [failed] }] }] };
  expect(failuresOfPlaywright(report)).toEqual([{ file: "a.spec.ts", title: "t", why: "late" }]);
});

test("a few broken files are run again, many are not, and without a failed test there is nothing to run", () => {
  const failures = (...files) => files.map((file) => ({ file, title: "t", why: "" }));
  expect(filesOf(failures("a", "a", "b"))).toEqual(["a", "b"]);
  expect(deservesSecondRun(failures("a", "a", "a", "b", "c"))).toBe(true);
  expect(deservesSecondRun(failures("a", "b", "c", "d"))).toBe(false);
  expect(deservesSecondRun([])).toBe(false);
});

test("a failure is one line, with the path from the root", () => {
  expect(failureLine("unit", { file: "/r/b.test.ts", title: "x", why: "no" }, "/r")).toBe(
    "  unit  b.test.ts › x: no",
  );
});
