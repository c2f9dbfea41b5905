import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reportOf, withReport } from "./report.ts";
import { runBoth } from "./run-both.ts";

const FILE = join(import.meta.dirname, "../../bench/CONFORMANCE.md");
const both = await runBoth((text) => process.stderr.write(`${text}\n`));
const report = reportOf(both, new Date().toISOString().slice(0, 10));
process.stdout.write(report);
writeFileSync(FILE, withReport(existsSync(FILE) ? readFileSync(FILE, "utf8") : "", report));
process.exitCode = both.comparison.differences.some(({ reason }) => reason === null) ? 1 : 0;
