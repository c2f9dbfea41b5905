/**
 * Builds Shoal into `dist/`: a folder that runs anywhere with Node 24 alone (`node dist/shoal.mjs serve`) and
 * that the image takes whole. Next's traced standalone output brings the pages and the few packages they
 * need; esbuild bundles the server beside it.
 */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { inputHash } from "./input-hash.mjs";
import { node24, repo } from "./node24.mjs";

const standalone = join(repo, ".next/standalone");
const dist = join(repo, "dist");
const part = join(repo, ".next/payload");
const hash = inputHash();

/**
 * How Node is to be called for each program; whoever starts one reads it from the file PROGRAM.flags beside it.
 * V8 is made for speed and takes memory for it: 128 MB for new objects, and up to four times what lives before it looks for
 * garbage. With these the server has 16 MB and half more than what lives; collecting takes about 1 % of a core at 20 changes/s.
 * What an agent passes on are buffers outside of the heap, which go when new objects are looked at: the sooner the better.
 */
const nodeFlags = {
  shoal: ["--max-semi-space-size=8", "--heap-growing-percent=50"],
  agent: ["--max-semi-space-size=2", "--heap-growing-percent=50"],
};

await step("pages", buildPages);
await step("server", assemble);
rmSync(dist, { recursive: true, force: true });
renameSync(part, dist);

async function step(name, run) {
  const start = performance.now();
  await run();
  process.stdout.write(`built ${name} in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
}

function buildPages() {
  rmSync(standalone, { recursive: true, force: true });
  const next = join(repo, "node_modules/next/dist/bin/next");
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const { status } = spawnSync(node24(), [next, "build"], { cwd: repo, env, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
  // It imports every route of this build; `tsc` would trip over it as soon as one is renamed.
  rmSync(join(repo, ".next/types/validator.ts"), { force: true });
}

async function assemble() {
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part);
  for (const name of [".next", "node_modules"]) {
    cpSync(join(standalone, name), join(part, name), { recursive: true, verbatimSymlinks: true });
  }
  cpSync(join(repo, ".next/static"), join(part, ".next/static"), { recursive: true });
  if (existsSync(join(repo, "public")))
    cpSync(join(repo, "public"), join(part, "public"), { recursive: true });
  copySqlite();
  await bundleServer();
  const { name, version, license } = JSON.parse(readFileSync(join(repo, "package.json"), "utf8"));
  const about = { name, version, license, private: true, type: "module", build: hash.slice(0, 12) };
  writeFileSync(join(part, "package.json"), `${JSON.stringify(about, null, 2)}\n`);
  for (const [program, flags] of Object.entries(nodeFlags))
    writeFileSync(join(part, `${program}.flags`), `${flags.join(" ")}\n`);
  writeFileSync(join(part, ".inputs"), hash);
}

/** better-sqlite3 with its prebuilt binaries: those of Linux for the image, and this machine's own. */
function copySqlite() {
  const from = join(repo, "node_modules/better-sqlite3");
  const to = join(part, "node_modules/better-sqlite3");
  const here = `${process.platform}-`;
  for (const name of ["lib", "package.json", "LICENSE"])
    cpSync(join(from, name), join(to, name), { recursive: true });
  mkdirSync(join(to, "prebuilds"));
  for (const file of readdirSync(join(from, "prebuilds"))) {
    if (file.startsWith("linux") || file.startsWith(here)) {
      cpSync(join(from, "prebuilds", file), join(to, "prebuilds", file));
    }
  }
}

async function bundleServer() {
  await build({
    // The agent is a program of its own, so that it loads nothing of the server.
    entryPoints: { shoal: join(repo, "lib/server/cli.ts"), agent: join(repo, "lib/agent/main.ts") },
    outdir: part,
    outExtension: { ".js": ".mjs" },
    chunkNames: "server/[name]-[hash]",
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node24",
    define: { "process.env.NODE_ENV": '"production"' },
    external: ["next", "better-sqlite3"],
    plugins: [leaveOut(["ssh2", "@grpc/grpc-js", "@grpc/proto-loader", "protobufjs"])],
    // Bundled CommonJS packages ask for Node's modules with require.
    banner: {
      js: 'import { createRequire as shoalRequire } from "node:module";\nconst require = shoalRequire(import.meta.url);',
    },
    logLevel: "warning",
  });
  chmodSync(join(part, "shoal.mjs"), 0o755);
}

/**
 * Packages of dockerode that Shoal never uses (engines over SSH are refused, nothing is built with BuildKit):
 * an empty module in their place saves 1.5 MB, 33 MB of memory and their native parts.
 */
function leaveOut(names) {
  return {
    name: "leave-out",
    setup(build) {
      build.onResolve({ filter: /./ }, ({ path }) =>
        names.includes(path) ? { path, namespace: "left-out" } : undefined,
      );
      build.onLoad({ filter: /./, namespace: "left-out" }, () => ({ contents: "module.exports = {};" }));
    },
  };
}
