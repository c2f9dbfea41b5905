/**
 * Proves that the payload stands alone: copies `dist/` to a folder outside the repository, starts it on a free
 * port, looks at the health route, the security headers and the command line, and ends it. Inside the
 * repository Next would find the real next.config.js and hide what the payload lacks.
 * Prints start time and memory; exit code 0 when everything held.
 */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { node24, nodeFlags, repo } from "./node24.mjs";

const startLimitMs = 30_000;
const stopLimitMs = 10_000;
const folder = mkdtempSync(join(tmpdir(), "shoal-smoke-"));
const entry = join(folder, "payload/shoal.mjs");
const env = {
  PATH: process.env.PATH,
  SHOAL_PORT: "0",
  SHOAL_HOST: "127.0.0.1",
  SHOAL_DATA_DIR: join(folder, "data"),
  DOCKER_HOST: `unix://${join(folder, "no-engine.sock")}`,
};

let server;
try {
  cpSync(join(repo, "dist"), join(folder, "payload"), { recursive: true, verbatimSymlinks: true });
  const began = performance.now();
  server = spawn(node24(), [...nodeFlags(), entry, "serve"], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await listening(server);
  const startMs = Math.round(performance.now() - began);
  await checkHealth(url);
  await checkPages(url);
  checkToken();
  const memory = rssMb(server.pid);
  const stopMs = await stop(server);
  process.stdout.write(`smoke: listening after ${startMs} ms, ${memory} MB RSS, stopped in ${stopMs} ms\n`);
} finally {
  server?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}

async function listening(child) {
  const limit = setTimeout(() => child.kill("SIGKILL"), startLimitMs);
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('"msg":"listening"')) continue;
    clearTimeout(limit);
    return JSON.parse(line).url;
  }
  throw new Error(`the server ended without listening, or did not listen within ${startLimitMs} ms`);
}

async function checkHealth(url) {
  const answer = await fetch(`${url}/api/health`);
  assert.equal(answer.status, 200, "health answers 200 without an engine");
  assert.deepEqual(await answer.json(), { status: "ok" });
}

/** Every page carries the headers, and every script in it the nonce of its own policy. */
async function checkPages(url) {
  for (const path of ["/sign-in", "/setup", "/no-such-page"]) {
    const answer = await fetch(url + path);
    const policy = answer.headers.get("content-security-policy") ?? "";
    const nonce = /script-src [^;]*'nonce-([^']+)'/.exec(policy)?.[1];
    assert.ok(nonce, `${path} has a nonce`);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
    const html = await answer.text();
    for (const [tag] of html.matchAll(/<script\b[^>]*>/g))
      assert.ok(tag.includes(`nonce="${nonce}"`), `${path}: ${tag}`);
    for (const [tag] of html.matchAll(/<style\b[^>]*>/g))
      assert.ok(tag.includes(`nonce="${nonce}"`), `${path}: ${tag}`);
    assert.doesNotMatch(html, /\son[a-z]+="/, `${path} has no inline handler`);
  }
}

/** The command line works on the same data while the server runs. */
function checkToken() {
  const made = spawnSync(node24(), [entry, "token", "create", "--role", "viewer", "--name", "smoke"], {
    cwd: folder,
    env,
  });
  assert.match(String(made.stdout), /^shoal_\w+\n$/, String(made.stderr));
}

async function stop(child) {
  const began = performance.now();
  const exited = once(child, "exit");
  const limit = setTimeout(() => child.kill("SIGKILL"), stopLimitMs);
  child.kill("SIGTERM");
  const [code] = await exited;
  clearTimeout(limit);
  assert.equal(code, 0, `exit code 0 within ${stopLimitMs} ms of SIGTERM`);
  return Math.round(performance.now() - began);
}

/** Resident memory of a process in MB; only Linux tells. */
function rssMb(pid) {
  if (process.platform !== "linux") return "?";
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024);
}
