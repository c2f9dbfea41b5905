// `npm run simulate`: a simulated swarm behind the Docker API, of any size. Plain JavaScript for Node 20: it starts
// lib/sim/cli.ts on the project's own Node.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { node24, repo } from "./node24.mjs";

const child = spawn(node24(), [join(repo, "lib/sim/cli.ts"), ...process.argv.slice(2)], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => {
  process.exitCode = code ?? 0;
});
