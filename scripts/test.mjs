// `npm test`: runs every check and every suite of the project, step by step. Plain JavaScript for Node 20 without
// dependencies, because it also installs them. `npm test -- --help` shows the options; docs/testing.md explains.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endRunning, root } from "./test/command.mjs";
import { add, closingLine, isGreen, none } from "./test/counts.mjs";
import { failureLine } from "./test/failures.mjs";
import { parseOptions } from "./test/options.mjs";
import { steps } from "./test/steps.mjs";

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** One line for a step, after the step's whole output when it failed. */
function report(step, mark, text, since) {
  process.stdout.write(
    `${mark} ${step.name.padEnd(13)} ${text}${since === undefined ? "" : `  (${seconds(since)})`}\n`,
  );
}

function failure(step, why, since) {
  report(step, "✗", why, since);
  return { ...none, failed: 1 };
}

async function runStep(step, context) {
  const since = performance.now();
  const broken = (step.needs ?? []).find((name) => context.failed.has(name));
  if (broken) return failure(step, `not run: it needs "${broken}", which failed`);
  const missing = step.missing?.();
  if (missing) return failure(step, `${missing} To do without this step: --skip ${step.name}`, since);
  if (process.stdout.isTTY) process.stdout.write(`… ${step.name}\r`);
  const { ok, counts, output, summary, failures = [], unstable = [] } = await step.run(context);
  context.broken.push(...failures.map((failure) => failureLine(step.name, failure, root)));
  context.unstable.push(...unstable.map((failure) => failureLine(step.name, failure, root)));
  if (!ok || unstable.length)
    process.stdout.write(`\n── ${step.name} ──\n${output.trimEnd()}\n── end of ${step.name} ──\n\n`);
  report(step, ok ? "✓" : "✗", summary, since);
  return counts;
}

async function main() {
  const options = parseOptions(process.argv.slice(2), steps);
  if (typeof options === "string") {
    process.stdout.write(`${options}\n`);
    return options.startsWith("Usage") ? 0 : 2;
  }
  const started = performance.now();
  const context = {
    reports: mkdtempSync(join(tmpdir(), "shoal-reports-")),
    failed: new Set(),
    /** Failed tests, one line each, and those that passed only when their file was run again. */
    broken: [],
    unstable: [],
    /** When the whole run is over its time, in performance.now(). Installing does not count: it is the network's time. */
    deadline: Number.POSITIVE_INFINITY,
  };
  let total = none;
  const skipped = [];
  try {
    for (const step of steps) {
      if (step.name === "format") context.deadline = performance.now() + options.limitMinutes * 60_000;
      if (!options.isWanted(step.name)) continue;
      if (options.isSkipped(step.name)) {
        skipped.push(step.name);
        total = add(total, { ...none, skipped: 1 });
        report(step, "-", "skipped by name");
        continue;
      }
      const counts = await runStep(step, context);
      total = add(total, counts);
      if (!isGreen(counts)) context.failed.add(step.name);
      if (step.name === "install" && context.failed.has("install")) break;
    }
  } finally {
    rmSync(context.reports, { recursive: true, force: true });
  }
  process.stdout.write(`\nAll steps took ${seconds(started)}.\n`);
  if (skipped.length) process.stdout.write(`Skipped by name: ${skipped.join(", ")}.\n`);
  if (context.unstable.length)
    process.stdout.write(
      `Unstable, passed only when run again alone; each is a defect:\n${context.unstable.join("\n")}\n`,
    );
  if (context.broken.length) process.stdout.write(`Failed tests:\n${context.broken.join("\n")}\n`);
  if (context.failed.size) process.stdout.write(`Failed: ${[...context.failed].join(", ")}.\n`);
  process.stdout.write(`${closingLine(total)}\n`);
  return isGreen(total) ? 0 : 1;
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    endRunning();
    process.exit(130);
  });
}
process.exitCode = await main();
