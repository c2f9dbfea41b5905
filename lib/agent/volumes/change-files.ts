import { randomUUID } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { link, lstat, mkdir, open, opendir, rename, rmdir, unlink } from "node:fs/promises";
import type { Readable } from "node:stream";
import { mostRemoved, mostUploadBytes } from "#lib/shared/volumes/files.ts";
import { entryPath, type Folder, goDown, holdEntry } from "./folder.ts";
import { Refusal } from "./refusal.ts";

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;

/** How a file comes in. `size` is what was announced; a body of another length is refused. */
export interface Upload {
  readonly body: Readable;
  readonly size: number;
  /** A file of that name gives way. */
  readonly replace: boolean;
}

/**
 * Writes a file under a name of its own and gives it its real one when it is whole: nobody ever reads half of it, and
 * one that breaks off leaves nothing. It belongs to whom the file before it or its folder belongs.
 */
export async function putFile(
  folder: Folder,
  name: Uint8Array,
  { body, size, replace }: Upload,
): Promise<void> {
  if (size > mostUploadBytes) throw new Refusal("too_large");
  const before = await statOf(folder, name);
  if (before && !before.isFile()) throw new Refusal(before.isSymbolicLink() ? "link" : "not_a_file");
  if (before && !replace) throw new Refusal("exists");
  const draft = entryPath(folder, Buffer.from(`.shoal-upload-${randomUUID()}`));
  const file = await open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    let written = 0;
    // Kept open where this stops early: the refusal still has to go out on the same connection.
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      written += chunk.length;
      if (written > size) throw new Refusal("incomplete");
      await file.writeFile(chunk);
    }
    if (written !== size) throw new Refusal("incomplete");
    const parent = await folder.handle.stat();
    await settle(file, before ?? parent, before ? before.mode & 0o777 : 0o600 | (parent.mode & 0o044));
    await file.sync();
    if (replace) await rename(draft, entryPath(folder, name));
    // A link refuses to take the place of something that came meanwhile.
    else await link(draft, entryPath(folder, name));
  } finally {
    await file.close();
    await unlink(draft).catch(() => undefined);
  }
}

/** Makes a folder that belongs to whom the one around it belongs. */
export async function makeFolder(folder: Folder, name: Uint8Array): Promise<void> {
  const parent = await folder.handle.stat();
  await mkdir(entryPath(folder, name), 0o700);
  const { handle } = await goDown(folder, [name]);
  try {
    const real = await open(`/proc/self/fd/${handle.fd}`, constants.O_RDONLY | constants.O_DIRECTORY);
    await settle(real, parent, 0o700 | (parent.mode & 0o055)).finally(() => real.close());
  } finally {
    await handle.close();
  }
}

/** Gives an entry another name in the same folder. */
export async function renameEntry(folder: Folder, name: Uint8Array, to: Uint8Array): Promise<void> {
  const { handle } = await holdEntry(folder, name);
  await handle.close();
  if (await statOf(folder, to)) throw new Refusal("exists");
  await rename(entryPath(folder, name), entryPath(folder, to));
}

/** Removes an entry: a link itself, a folder with all that is in it where `all` says so. */
export async function removeEntry(folder: Folder, name: Uint8Array, all: boolean): Promise<void> {
  const { handle, stat } = await holdEntry(folder, name);
  await handle.close();
  if (!stat.isDirectory()) await unlink(entryPath(folder, name));
  else if (all) await removeTree(folder, name, { left: mostRemoved });
  else await rmdir(entryPath(folder, name));
}

async function removeTree(parent: Folder, name: Uint8Array, budget: { left: number }): Promise<void> {
  const folder = await goDown(parent, [name]);
  try {
    const encoding = "buffer" as unknown as BufferEncoding;
    const entries = await opendir(`/proc/self/fd/${folder.handle.fd}`, { encoding });
    for await (const entry of entries as unknown as AsyncIterable<{ name: Buffer; isDirectory(): boolean }>) {
      budget.left -= 1;
      if (budget.left < 0) throw new Refusal("too_many");
      if (entry.isDirectory()) await removeTree(folder, entry.name, budget);
      else await unlink(entryPath(folder, entry.name));
    }
  } finally {
    await folder.handle.close();
  }
  await rmdir(entryPath(parent, name));
}

async function statOf(folder: Folder, name: Uint8Array): Promise<Stats | null> {
  try {
    return await lstat(entryPath(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Owner and mode; an agent that is not root leaves what is made to itself. */
async function settle(
  handle: Awaited<ReturnType<typeof open>>,
  { uid, gid }: Pick<Stats, "uid" | "gid">,
  mode: number,
): Promise<void> {
  await handle.chown(uid, gid).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EPERM") throw error;
  });
  await handle.chmod(mode);
}
