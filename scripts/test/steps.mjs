import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./command.mjs";
import { countPlaywright, countVitest, isGreen, judge, none } from "./counts.mjs";
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

/** A step of many tests, counted from the JSON report that `arguments_` tells the runner to write. */
function suite(name, about, { file, arguments_, env, count }, more = {}) {
  return {
    name,
    about,
    ...more,
    async run({ deadline, reports }) {
      const report = join(reports, `${name}.json`);
      const { code, output } = await run(file, arguments_(report), { deadline, env: env?.(report) });
      const { problem, ...counts } = judge(readCounts(report, count), code);
      const parts = [`${counts.passed} passed`];
      if (counts.failed) parts.push(problem ?? `${counts.failed} failed`);
      if (counts.skipped) parts.push(`${counts.skipped} skipped`);
      return { ok: isGreen(counts), output, counts, summary: parts.join(", ") };
    },
  };
}

function readCounts(report, count) {
  try {
    return count(JSON.parse(readFileSync(report, "utf8")));
  } catch {
    return undefined;
  }
}

const vitest = (...args) => ({
  file: "vitest",
  arguments_: (report) => [
    "run",
    ...args,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ],
  count: countVitest,
});
const playwright = {
  file: "playwright",
  arguments_: () => ["test", "--reporter=list,json"],
  env: (report) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
  count: countPlaywright,
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
  suite("unit", "tests beside the code", vitest("--exclude", "tests/architecture/**")),
  suite("architecture", "rules of the house", vitest("tests/architecture")),
  check("build", "npm run build", tool("npm", "run", "build")),
  check(
    "smoke",
    "the built server, from a folder outside the repository",
    tool("node", "scripts/smoke.mjs"),
    {
      needs: ["build"],
    },
  ),
  suite("swarm", "Shoal and the lab on a real swarm", vitest("--config", "tests/swarm/vitest.config.ts"), {
    needs: ["build"],
    missing: whyNoSwarm,
  }),
  suite("e2e", "the pages in Chromium on a real swarm", playwright, {
    needs: ["build"],
    missing: whyNoBrowser,
  }),
];
