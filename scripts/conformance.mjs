// `npm run conformance`: the same calls to a real swarm and to the simulator (tests/conformance), as a table and as
// bench/CONFORMANCE.md. Needs what the lab needs.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { node24, repo } from "./node24.mjs";

const child = spawn(node24(), [join(repo, "tests/conformance/run.ts"), ...process.argv.slice(2)], {
  stdio: "inherit",
});
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
