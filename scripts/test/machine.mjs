// What this machine has and lacks for the suites that need real engines and a browser.
import { spawnSync } from "node:child_process";
import { accessSync, constants, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { run } from "./command.mjs";

/** Programs the suites need: any one of `commands` will do. */
const tools = [
  { commands: ["dockerd"], package: "docker.io" },
  { commands: ["docker"], package: "docker-cli" }, // part of docker.io up to Debian 12 and on Ubuntu
  { commands: ["iptables"], package: "iptables" },
  { commands: ["ip"], package: "iproute2" },
  { commands: ["nsenter"], package: "util-linux" },
  { commands: ["busybox"], package: "busybox-static" },
];
// Makes the base of Shoal's image; the tests of the image are skipped where it cannot (tests/lab/base-image.ts).
const imageMaker = { commands: ["debootstrap"], package: "debootstrap" };
// The names tests/e2e/chromium.ts looks for.
const browser = {
  commands: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
  package: "chromium",
};
// Unpacked and not installed: its package would start a registry for everybody on port 5000, now and after every boot.
// The lab runs its own on its bridge (tests/lab/registry.ts looks on PATH and here).
const registry = { commands: ["docker-registry"], package: "docker-registry" };
const unpacked = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "shoal-tests/docker-registry");

const isRoot = () => process.getuid?.() === 0;

function isOnPath(command) {
  const folders = [process.env.PATH ?? "", "/usr/sbin", "/sbin", join(unpacked, "usr/bin")];
  return folders
    .join(delimiter)
    .split(delimiter)
    .some((folder) => {
      try {
        accessSync(join(folder, command), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

const lacking = (wanted) => wanted.filter(({ commands }) => !commands.some(isOnPath));

/** "debian", "ubuntu", … or the name of the operating system. */
function distribution() {
  try {
    return /^ID="?([^"\n]+)/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? "unknown";
  } catch {
    return process.platform;
  }
}

/** Why the real swarm cannot run here, as a sentence; undefined when it can. */
export function whyNoSwarm() {
  if (process.platform !== "linux") return `A real swarm needs Linux, and this is ${process.platform}.`;
  if (!isRoot())
    return "A real swarm needs root, for network namespaces and engines, and this user is not root.";
  const missing = lacking([...tools, registry]);
  if (missing.length) return `Missing programs: ${missing.map(({ commands }) => commands[0]).join(", ")}.`;
  const probe = spawnSync("unshare", ["--net", "--uts", "--mount", "--pid", "--fork", "true"], {
    encoding: "utf8",
  });
  if (probe.status !== 0) {
    return `Namespaces cannot be made here (${probe.stderr.trim()}): a container needs --privileged for this.`;
  }
  return undefined;
}

/** Why the browser suite cannot run here: it needs the real swarm and Chromium. */
export function whyNoBrowser() {
  return whyNoSwarm() ?? (lacking([browser]).length ? "No Chromium on PATH." : undefined);
}

const everything = [...tools, imageMaker, browser, registry];

/** Puts the registry's program into the user's cache, without its service, its user and its port. */
async function unpackRegistry(options) {
  const folder = mkdtempSync(join(tmpdir(), "shoal-registry-"));
  try {
    // Relative names of apt's download land in the folder it runs in.
    const get = ["-c", 'cd "$1" && apt-get download -q "$2"', "get", folder, registry.package];
    const download = await run("sh", get, options);
    if (download.code !== 0) return download;
    const [file = ""] = readdirSync(folder).filter((name) => name.endsWith(".deb"));
    mkdirSync(unpacked, { recursive: true });
    return await run("dpkg-deb", ["--extract", join(folder, file), unpacked], options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Installs what is missing with apt: only on Debian and Ubuntu, only as root, only when something is missing. */
export async function installPackages({ deadline }) {
  const missing = lacking(everything);
  if (!missing.length) return { code: 0, output: "", summary: "nothing missing" };
  const packages = missing.map((tool) => tool.package);
  const what = `Missing programs: ${missing.map(({ commands }) => commands[0]).join(", ")} (packages ${packages.join(", ")}).`;
  const instead = "Install them, or leave out what needs them: --skip setup,swarm,e2e";
  const system = distribution();
  if (!["debian", "ubuntu"].includes(system)) {
    return {
      code: 1,
      output: `${what} They are installed only on Debian and Ubuntu, and this is ${system}. ${instead}`,
    };
  }
  if (!isRoot())
    return { code: 1, output: `${what} Installing them needs root, and this user is not root. ${instead}` };

  const options = { deadline, own: false, env: { DEBIAN_FRONTEND: "noninteractive" } };
  const update = await run("apt-get", ["update", "-q"], options);
  if (update.code !== 0) return { ...update, output: `${what}\n${update.output}` };
  // Where docker.io still holds the command line, docker-cli may be unknown to apt.
  const wanted = packages.filter(
    (name) => name !== registry.package && (name !== "docker-cli" || !packages.includes("docker.io")),
  );
  const install = wanted.length
    ? await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...wanted], options)
    : { code: 0, output: "" };
  if (install.code === 0 && !isOnPath("docker")) {
    const cli = await run(
      "apt-get",
      ["install", "-y", "-q", "--no-install-recommends", "docker-cli"],
      options,
    );
    if (cli.code !== 0) return cli;
  }
  if (install.code === 0 && missing.includes(registry)) {
    const unpack = await unpackRegistry(options);
    if (unpack.code !== 0) return unpack;
  }
  const still = lacking(everything).map(({ commands }) => commands[0]);
  if (install.code === 0 && still.length) {
    return {
      code: 1,
      output: `${install.output}\nStill missing after installing: ${still.join(", ")}. ${instead}`,
    };
  }
  return { ...install, summary: `installed ${packages.join(", ")}` };
}
