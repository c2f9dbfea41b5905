import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { repo } from "./node24.mjs";

/** Everything that decides what a build contains. */
const inputs = [
  "app",
  "components",
  "lib",
  "public",
  "scripts/build.mjs",
  "instrumentation.ts",
  "next.config.js",
  "package.json",
  "package-lock.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];

/** A hash over names and contents of all inputs of the build; tests beside the code do not count. */
export function inputHash() {
  const hash = createHash("sha256");
  for (const input of inputs) {
    for (const file of filesOf(input))
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(repo, file)))
        .update("\0");
  }
  return hash.digest("hex");
}

function filesOf(path) {
  const stat = statSync(join(repo, path), { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return /\.test\.tsx?$/.test(path) ? [] : [path];
  return readdirSync(join(repo, path))
    .sort()
    .flatMap((name) => filesOf(`${path}/${name}`));
}
