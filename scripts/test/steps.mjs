import { readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { root, run } from "./command.mjs";
import { add, countPlaywright, countVitest, isGreen, judge, none } from "./counts.mjs";
import { deservesSecondRun, failuresOfPlaywright, failuresOfVitest, filesOf } from "./failures.mjs";
import { installPackages, whyNoBrowser, whyNoSwarm } from "./machine.mjs";

/** A step that passes or fails as a whole, and counts as one. */
function check(name, about, work, more = {}) {
  return {
    name,
    about,
    ...more,
    async run(context) {
      const { code, output, summary } = await work(context);
      const ok = code === 0;
      return {
        ok,
        output,
        counts: { ...none, [ok ? "passed" : "failed"]: 1 },
        summary: ok ? (summary ?? "ok") : "failed",
      };
    },
  };
}

/**
 * A step of many tests, counted from the runner's JSON report. When a few files failed they are run once more, alone: a
 * test that passes then is `unstable`, which is named at the end of the run and does not fail it.
 */
function suite(name, about, runner, more = {}) {
  return {
    name,
    about,
    ...more,
    async run({ deadline, reports }) {
      const first = await runSuite(runner, { deadline, report: join(reports, `${name}.json`) });
      const { counts, failures, output } = await secondRun(runner, first, { deadline, reports, name });
      const unstable = first.failures.filter(
        ({ file, title }) => !failures.some((again) => again.file === file && again.title === title),
      );
      const { problem, passed, failed, skipped } = counts;
      const parts = [`${passed} passed`];
      if (failed) parts.push(problem ?? `${failed} failed`);
      if (skipped) parts.push(`${skipped} skipped`);
      if (unstable.length) parts.push(`${unstable.length} unstable`);
      return { ok: isGreen(counts), output, counts, failures, unstable, summary: parts.join(", ") };
    },
  };
}

async function runSuite(runner, { deadline, report, files = [] }) {
  const { code, output } = await run(runner.file, runner.arguments_(report, files), {
    deadline,
    env: runner.env?.(report),
  });
  const read = readReport(report);
  return {
    output,
    report: read,
    counts: judge(read && runner.count(read), code),
    failures: read ? runner.failures(read) : [],
  };
}

async function secondRun(runner, first, { deadline, reports, name }) {
  if (first.counts.problem || !deservesSecondRun(first.failures)) return first;
  const files = filesOf(first.failures);
  const again = await runSuite(runner, { deadline, report: join(reports, `${name}-again.json`), files });
  const { problem, ...counts } = add(runner.count(first.report, files), again.counts);
  return {
    counts: { ...counts, problem: again.counts.problem ?? problem },
    failures: again.report ? again.failures : first.failures,
    output: `${first.output.trimEnd()}\n\n── once more, alone: ${files.join(", ")} ──\n${again.output}`,
  };
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** @param {string[]} filter which files, when not all */
const vitest = (filter, ...args) => ({
  file: "vitest",
  arguments_: (report, files) => [
    "run",
    ...args,
    ...(files.length ? files.map((file) => relative(root, file)) : filter),
    ...(files.length ? ["--maxWorkers=1"] : []),
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ],
  count: countVitest,
  failures: failuresOfVitest,
});
const playwright = {
  file: "playwright",
  arguments_: (_, files) => [
    "test",
    ...files,
    ...(files.length ? ["--workers=1"] : []),
    "--reporter=list,json",
  ],
  env: (report) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
  count: countPlaywright,
  failures: failuresOfPlaywright,
};

/** node_modules is up to date when npm's own record of it is not older than the lockfile. */
function isInstalled() {
  const changed = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs;
  return (changed("node_modules/.package-lock.json") ?? 0) >= (changed("package-lock.json") ?? 0);
}

async function install() {
  if (isInstalled()) return { code: 0, output: "", summary: "up to date" };
  return run("npm", ["ci", "--no-audit", "--no-fund"], {
    own: false,
    env: { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" },
  });
}

const tool =
  (file, ...args) =>
  ({ deadline }) =>
    run(file, args, { deadline });

/** Every step of `npm test`, in order. */
export const steps = [
  check(
    "setup",
    "apt packages the suites need (Debian and Ubuntu, as root, only when missing)",
    installPackages,
  ),
  check("install", "npm ci, when node_modules is missing or older than the lockfile", install),
  check("format", "biome: formatting", tool("biome", "format", ".")),
  check(
    "lint",
    "biome: lint rules and order of imports",
    tool("biome", "check", "--formatter-enabled=false", "."),
  ),
  check("types", "tsc", tool("tsc", "-p", "tsconfig.json")),
  check("knip", "files, exports and dependencies nobody uses", tool("knip")),
  suite("unit", "tests beside the code", vitest([], "--exclude", "tests/architecture/**")),
  suite("architecture", "rules of the house", vitest(["tests/architecture"])),
  check("build", "npm run build", tool("npm", "run", "build")),
  check(
    "smoke",
    "the built server, from a folder outside the repository",
    tool("node", "scripts/smoke.mjs"),
    {
      needs: ["build"],
    },
  ),
  suite(
    "viewers",
    "many and odd viewers of the built server, on a simulated swarm",
    vitest([], "--config", "tests/viewers/vitest.config.ts"),
    { needs: ["build"] },
  ),
  suite(
    "faults",
    "Shoal in front of simulated engines that are faulty, with seeds that stay the same",
    vitest([], "--config", "tests/faults/vitest.config.ts"),
    { needs: ["build"] },
  ),
  suite(
    "swarm",
    "Shoal and the lab on a real swarm",
    vitest([], "--config", "tests/swarm/vitest.config.ts"),
    {
      needs: ["build"],
      missing: whyNoSwarm,
    },
  ),
  suite("e2e", "the pages in Chromium on a real swarm", playwright, {
    needs: ["build"],
    missing: whyNoBrowser,
  }),
];
