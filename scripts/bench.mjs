// `npm run bench`: measures Shoal against its budgets and writes bench/RESULTS.md. Plain JavaScript for Node 20
// without dependencies: it checks and prepares, then bench/run.ts does the work on the project's own Node.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./test/command.mjs";
import { whyNoBrowser } from "./test/machine.mjs";

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

const why = whyNoBrowser();
if (why) stop(`${why} Measuring needs Linux, root, the packages of \`npm run lab\`, and chromium.`);
if (!existsSync(join(root, "node_modules"))) stop("Nothing is installed yet. Run npm ci first.");
if (!existsSync(join(root, "dist/shoal.mjs"))) {
  process.stdout.write("Building Shoal …\n");
  const { code, output } = await run("npm", ["run", "build"]);
  if (code !== 0) stop(`${output}\nBuilding Shoal: failed with exit code ${code}.`);
}

const bench = spawn(
  join(root, "node_modules/.bin/node"),
  [join(root, "bench/run.ts"), ...process.argv.slice(2)],
  { stdio: "inherit" },
);
bench.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
