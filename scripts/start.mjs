/**
 * `npm start`: installs, builds and serves, each only when needed, and says what it does. Runs on Node 20 or
 * later with nothing installed. Flags after `--` go to `shoal serve`.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inputHash } from "./input-hash.mjs";
import { node24, nodeFlags, repo } from "./node24.mjs";

process.env.NEXT_TELEMETRY_DISABLED = "1";
if (Number(process.versions.node.split(".")[0]) < 20) {
  fail(
    `Node ${process.versions.node} is too old. Shoal needs Node 20 or later; it brings its own Node 24 for the rest.`,
  );
}
if (isInstalled()) say("dependencies are installed");
else step("installing dependencies (a minute on the first start)", npm(), ["ci", "--no-audit", "--no-fund"]);
if (isBuilt()) say("the build is up to date");
else step("building (half a minute)", node24(), [join(repo, "scripts/build.mjs")]);
serve();

/** True when node_modules holds exactly what package-lock.json asks for on this platform. */
function isInstalled() {
  const installed = readJson("node_modules/.package-lock.json");
  const wanted = readJson("package-lock.json");
  if (!installed || !wanted || node24() === process.execPath) return false;
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === "") return true;
    const present = installed.packages[path];
    return present ? present.version === entry.version : entry.optional === true;
  });
}

function isBuilt() {
  const stamp = join(repo, "dist/.inputs");
  return existsSync(stamp) && readFileSync(stamp, "utf8") === inputHash();
}

function serve() {
  say("starting; stop it with Ctrl-C");
  const args = [...nodeFlags(), join(repo, "dist/shoal.mjs"), "serve", ...process.argv.slice(2)];
  // The data folder is ./data of this folder, from wherever npm was called.
  const child = spawn(node24(), args, { cwd: repo, stdio: "inherit" });
  // Ctrl-C reaches the child by itself; the parent only waits for its clean end.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code) => process.exit(code ?? 1));
}

function step(what, command, args) {
  say(`${what} …`);
  const start = Date.now();
  const { status } = spawnSync(command, args, {
    cwd: repo,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) fail(`${what} failed. The lines above say why; npm start tries again.`);
  say(`${what.split(" (")[0]} took ${Math.round((Date.now() - start) / 1000)} s`);
}

function npm() {
  return process.platform === "win32" ? "npm.cmd" : "npm";
}

function readJson(name) {
  try {
    return JSON.parse(readFileSync(join(repo, name), "utf8"));
  } catch {
    return null;
  }
}

function say(text) {
  process.stdout.write(`shoal: ${text}\n`);
}

function fail(text) {
  process.stderr.write(`shoal: ${text}\n`);
  process.exit(1);
}
