/**
 * Adds the optional dependencies of other platforms that an installation left out of package-lock.json.
 *
 * npm records only the platform packages its registry answered for. `npm ci` then refuses the lockfile
 * ("Missing: … from lock file") on every machine. An entry with the version and the platform is enough:
 * npm looks the package up when the platform matches and skips it otherwise. Run it after every change of
 * the dependencies: `node scripts/complete-lockfile.mjs`; with `--check` it only says what is missing.
 */
import { readFileSync, writeFileSync } from "node:fs";

const PLATFORMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const CPUS = ["arm64", "arm", "x64", "ia32", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "wasm32"];

/** The `os`, `cpu` and `libc` fields a platform package has, read from its name (`@next/swc-linux-x64-musl`). */
function platformOf(name) {
  const words = name.split("/").pop().split("-");
  const os = PLATFORMS.filter((platform) => words.includes(platform));
  const cpu = CPUS.filter((kind) => words.includes(kind));
  const last = words.at(-1) ?? "";
  const libc = os[0] !== "linux" ? [] : /^musl/.test(last) ? ["musl"] : /^gnu/.test(last) ? ["glibc"] : [];
  return { ...(cpu.length > 0 && { cpu }), ...(libc.length > 0 && { libc }), ...(os.length > 0 && { os }) };
}

/** Every missing optional dependency as `[path in the lockfile, entry]`. */
function missingEntries(packages) {
  const missing = new Map();
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      const exact = /^\d+\.\d+\.\d+[^ ]*$/.test(range);
      const present = `node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages;
      if (present || !exact) continue;
      const dev = entry.dev ? { dev: true } : {};
      missing.set(`node_modules/${name}`, { version: range, ...dev, optional: true, ...platformOf(name) });
    }
  }
  return missing;
}

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
const missing = missingEntries(lock.packages);
if (process.argv.includes("--check")) {
  for (const path of missing.keys()) process.stdout.write(`missing: ${path}\n`);
  process.exitCode = missing.size > 0 ? 1 : 0;
} else {
  const { "": root, ...rest } = lock.packages;
  const entries = [...Object.entries(rest), ...missing].sort(([a], [b]) => a.localeCompare(b, "en"));
  lock.packages = { "": root, ...Object.fromEntries(entries) };
  if (missing.size > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(`${missing.size} added\n`);
}
