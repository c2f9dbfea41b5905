import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { reportOf } from "./report.ts";
import { runBoth } from "./run-both.ts";

const both = await runBoth((text) => process.stderr.write(`${text}\n`));
const report = reportOf(both, new Date().toISOString().slice(0, 10));
process.stdout.write(report);
writeFileSync(join(import.meta.dirname, "../../bench/CONFORMANCE.md"), report);
process.exitCode = both.comparison.differences.some(({ reason }) => reason === null) ? 1 : 0;
