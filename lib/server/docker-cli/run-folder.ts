import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StackFile } from "#lib/shared/stacks/types.ts";

/** The folder of one run of the docker command: its files, its configuration and its socket, for the server alone. */
export interface RunFolder {
  readonly files: string;
  readonly config: string;
  readonly socket: string;
  remove(): void;
}

/** The kernel takes no longer path for a socket. */
const longestSocketPath = 100;

/** Makes one below `parent`, or below the system's folder for such where a socket's path would be too long. */
export function makeRunFolder(parent: string, files: readonly StackFile[]): RunFolder {
  const isShort = join(parent, "run-XXXXXX", "docker.sock").length <= longestSocketPath;
  const above = isShort ? parent : tmpdir();
  mkdirSync(above, { recursive: true, mode: 0o700 });
  // 0700, as mkdtemp makes it.
  const folder = mkdtempSync(join(above, "run-"));
  const inner = { files: join(folder, "files"), config: join(folder, "config") };
  mkdirSync(inner.files, { mode: 0o700 });
  mkdirSync(inner.config, { mode: 0o700 });
  // Without this the command looks for helpers that know passwords.
  writeFileSync(join(inner.config, "config.json"), "{}\n", { mode: 0o600 });
  for (const { name, text } of files) writeFileSync(join(inner.files, name), text, { mode: 0o600 });
  return {
    ...inner,
    socket: join(folder, "docker.sock"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Removes what a server that was killed has left. */
export function clearRunFolders(parent: string): void {
  rmSync(parent, { recursive: true, force: true });
}
