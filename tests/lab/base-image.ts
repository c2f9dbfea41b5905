import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { command } from "./command.ts";

const SCRIPT = join(import.meta.dirname, "base-image.sh");
const NODE_PACKAGE = join(import.meta.dirname, "../../node_modules/node");
const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "shoal-tests");

/** The stand-in for the image node:24-trixie-slim, or why there is none on this machine. */
export type BaseImage = { readonly file: string } | { readonly missing: string };

/**
 * Makes the stand-in with base-image.sh (1 to 2 minutes), or takes the one an earlier run has left in the user's cache.
 * The file is for `docker import`. Rejects when making it fails although this machine has what it needs.
 */
export async function baseImage(): Promise<BaseImage> {
  const { version } = JSON.parse(readFileSync(join(NODE_PACKAGE, "package.json"), "utf8")) as {
    version: string;
  };
  const recipe = createHash("sha256").update(readFileSync(SCRIPT)).digest("hex").slice(0, 12);
  const name = `base-node-${version}-${recipe}.tar`;
  const file = join(CACHE, name);
  if (existsSync(file)) return { file };
  if (!hasProgram("debootstrap")) return { missing: "debootstrap is not installed" };

  mkdirSync(CACHE, { recursive: true });
  const draft = `${file}.${process.pid}`;
  try {
    const env = { NODE: join(NODE_PACKAGE, "bin/node") };
    await command("bash", [SCRIPT, draft], { env, timeoutMs: 300_000 });
  } catch (error) {
    rmSync(draft, { force: true });
    // Exit code 3 says that no source answered; the script's header lists the codes.
    const { cause } = error as { cause?: { code?: unknown } };
    if (cause?.code === 3) return { missing: "no apt source here offers Debian trixie" };
    throw error;
  }
  for (const old of readdirSync(CACHE)) {
    if (old.startsWith("base-node-") && old.endsWith(".tar")) rmSync(join(CACHE, old));
  }
  renameSync(draft, file);
  return { file };
}

function hasProgram(name: string): boolean {
  const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/sbin"];
  return folders.some((folder) => existsSync(join(folder, name)));
}
