import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The repository's folder. */
export const repo = join(import.meta.dirname, "..");

/** The Node that runs Shoal: the development dependency when it is installed, else the present one. */
export function node24() {
  const names = ["node_modules/node/bin/node", "node_modules/node/bin/node.exe"];
  return names.map((name) => join(repo, name)).find((path) => existsSync(path)) ?? process.execPath;
}

/** How the build wants Node to be called for the server. */
export function nodeFlags() {
  return readFileSync(join(repo, "dist/shoal.flags"), "utf8").trim().split(/\s+/);
}
