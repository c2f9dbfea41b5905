import { constants, type Stats } from "node:fs";
import { type FileHandle, open, readFile } from "node:fs/promises";
import { Refusal } from "./refusal.ts";

/** Linux's O_PATH, which Node does not name: a handle on a thing itself. Opening has no effect on devices or pipes. */
const O_PATH = 0o10000000;
const { O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_NOCTTY, O_RDONLY } = constants;

/**
 * A folder held by a handle. Whatever is renamed or replaced meanwhile, its entries are those of this very folder: the
 * kernel looks each name up in the handle, never along a path that somebody could turn elsewhere.
 */
export interface Folder {
  readonly handle: FileHandle;
  /** The mount it lies on: nothing on another one is entered. */
  readonly mount: string;
}

/** Holds a folder that is trusted: its path was not chosen by who asks. The caller closes it. */
export async function holdFolder(path: string): Promise<Folder> {
  const handle = await open(path, O_PATH | O_DIRECTORY);
  return { handle, mount: await mountOf(handle) };
}

/** The path of an entry below a held folder. `name` is one name without `/`. */
export function entryPath({ handle }: Folder, name: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`/proc/self/fd/${handle.fd}/`), name]);
}

/** A held entry of a folder, whatever it is. */
export interface Held {
  readonly handle: FileHandle;
  readonly stat: Stats;
}

/** Holds an entry itself, never what a link leads to. Throws Refusal for what lies on another mount. The caller closes it. */
export async function holdEntry(folder: Folder, name: Uint8Array): Promise<Held> {
  const handle = await open(entryPath(folder, name), O_PATH | O_NOFOLLOW);
  try {
    const stat = await handle.stat();
    if ((await mountOf(handle)) !== folder.mount) throw new Refusal("mount");
    return { handle, stat };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Goes down from `from`, which stays open. Throws Refusal at the first name that is no folder of the same mount. */
export async function goDown(from: Folder, names: readonly Uint8Array[]): Promise<Folder> {
  let at: Folder = {
    handle: await open(`/proc/self/fd/${from.handle.fd}`, O_PATH | O_DIRECTORY),
    mount: from.mount,
  };
  for (const name of names) {
    try {
      const { handle, stat } = await holdEntry(at, name);
      await at.handle.close();
      at = { handle, mount: from.mount };
      if (stat.isSymbolicLink()) throw new Refusal("link");
      if (!stat.isDirectory()) throw new Refusal("not_a_folder");
    } catch (error) {
      await at.handle.close();
      throw error;
    }
  }
  return at;
}

/** Opens a regular file for reading. Throws Refusal for anything else. The caller closes it. */
export async function openFile(folder: Folder, name: Uint8Array): Promise<Held> {
  const { handle: held, stat } = await holdEntry(folder, name);
  try {
    if (stat.isSymbolicLink()) throw new Refusal("link");
    if (!stat.isFile()) throw new Refusal("not_a_file");
    // The same thing again, through its handle: there is no name in between that could be exchanged.
    const handle = await open(`/proc/self/fd/${held.fd}`, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    return { handle, stat };
  } finally {
    await held.close();
  }
}

/** The number of the mount that an open thing lies on. A device number would not tell a bind mount from its surroundings. */
async function mountOf({ fd }: FileHandle): Promise<string> {
  const info = await readFile(`/proc/self/fdinfo/${fd}`, "utf8");
  const id = /^mnt_id:\s*(\d+)$/m.exec(info)?.[1];
  if (id === undefined) throw new Error("the kernel does not tell the mount of a file");
  return id;
}
