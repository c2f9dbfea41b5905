// `npm run fuzz`: Shoal in front of engines that are faulty in a way that follows from a seed (tests/faults), for as many seeds
// as one likes. Plain JavaScript for Node 20: it starts tests/faults/fuzz.ts on the project's own Node.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { node24, repo } from "./node24.mjs";

const child = spawn(node24(), [join(repo, "tests/faults/fuzz.ts"), ...process.argv.slice(2)], {
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
