import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const keyBytes = 32;

/**
 * The key that passwords of registries are encrypted with. It lies beside the database and not in it, so that a copy of the
 * database, or a backup, opens none of them. Made when it is first needed (0600). Throws Error where it cannot be used.
 */
export function registryKey(dataDir: string): string {
  const file = join(dataDir, "registries.key");
  const known = read(file);
  if (known !== null) return known;
  const part = `${file}.${randomBytes(6).toString("hex")}.part`;
  try {
    writeFileSync(part, randomBytes(keyBytes).toString("base64url"), { mode: 0o600, flag: "wx" });
    chmodSync(part, 0o600);
    // A link and not a rename: of two processes the first one's key counts, and it is whole when it is there.
    linkSync(part, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(part, { force: true });
  }
  const made = read(file);
  if (made === null) throw new Error(`${file} cannot be read`);
  return made;
}

function read(file: string): string | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  if (Buffer.from(text, "base64url").length !== keyBytes) throw new Error(`${file} holds no key`);
  return text;
}
