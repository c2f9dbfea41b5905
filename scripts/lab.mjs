// `npm run lab`: Shoal on a real swarm on this one machine, removed again with Ctrl-C. Plain JavaScript for Node 20
// without dependencies: it checks and prepares, then tests/lab/run.ts does the work on the project's own Node.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./test/command.mjs";
import { whyNoSwarm } from "./test/machine.mjs";

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

async function prepare(what, isDone, file, args, options) {
  if (isDone) return;
  process.stdout.write(`${what} …\n`);
  const { code, output } = await run(file, args, options);
  if (code !== 0) stop(`${output}\n${what}: failed with exit code ${code}.`);
}

const why = whyNoSwarm();
if (why)
  stop(`${why} The lab needs Linux, root, and the packages docker.io iptables iproute2 busybox-static.`);
await prepare("Installing packages", existsSync(join(root, "node_modules")), "npm", ["ci"], { own: false });
await prepare("Building Shoal", existsSync(join(root, "dist/shoal.mjs")), "npm", ["run", "build"]);

const lab = spawn(
  join(root, "node_modules/.bin/node"),
  [join(root, "tests/lab/run.ts"), ...process.argv.slice(2)],
  {
    stdio: "inherit",
  },
);
// Ctrl-C reaches the lab by itself; this process only waits until everything is removed.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => lab.kill("SIGTERM"));
lab.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
