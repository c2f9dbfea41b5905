import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Bytes of all files of the built payload, dist/. */
export function payloadBytes(): number {
  const folder = join(import.meta.dirname, "../dist");
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
