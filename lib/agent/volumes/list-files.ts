import type { Dirent, Stats } from "node:fs";
import { lstat, opendir, readlink } from "node:fs/promises";
import { nameToText } from "#lib/shared/volumes/file-path.ts";
import {
  type FileKind,
  filesPerPage,
  mostEntries,
  type VolumeFile,
  type VolumeFiles,
} from "#lib/shared/volumes/files.ts";
import { entryPath, type Folder, holdEntry } from "./folder.ts";
import { Refusal } from "./refusal.ts";

interface Name {
  readonly bytes: Buffer;
  readonly isFolder: boolean;
}

/** A part of a folder's entries, from the `from`th on. What vanishes while it is read is left out. */
export async function listFiles(folder: Folder, from: number): Promise<VolumeFiles> {
  const { names, isCut } = await readNames(folder);
  names.sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || Buffer.compare(a.bytes, b.bytes));
  const page = names.slice(from, from + filesPerPage);
  const items: VolumeFile[] = [];
  for (const { bytes } of page) {
    const item = await itemOf(folder, bytes);
    if (item) items.push(item);
  }
  const end = from + page.length;
  return { items, total: names.length, isCut, next: end < names.length ? end : null };
}

async function readNames(folder: Folder): Promise<{ names: Name[]; isCut: boolean }> {
  // Node's types know names as text only.
  const encoding = "buffer" as unknown as BufferEncoding;
  const names: Name[] = [];
  const entries = await opendir(`/proc/self/fd/${folder.handle.fd}`, { encoding, bufferSize: 256 });
  for await (const entry of entries as unknown as AsyncIterable<Dirent<Buffer>>) {
    if (names.length >= mostEntries) return { names, isCut: true };
    names.push({ bytes: entry.name, isFolder: entry.isDirectory() });
  }
  return { names, isCut: false };
}

async function itemOf(folder: Folder, name: Buffer): Promise<VolumeFile | null> {
  try {
    const path = entryPath(folder, name);
    const stat = await lstat(path);
    const target = stat.isSymbolicLink() ? await readlink(path, "buffer") : null;
    return {
      name: nameToText(name),
      kind: await kindOf(folder, name, stat),
      size: stat.size,
      modifiedAt: Math.round(stat.mtimeMs),
      mode: stat.mode & 0o7777,
      uid: stat.uid,
      gid: stat.gid,
      target: target && nameToText(target),
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function kindOf(folder: Folder, name: Buffer, stat: Stats): Promise<FileKind> {
  if (stat.isSymbolicLink()) return "link";
  if (stat.isFIFO()) return "pipe";
  if (stat.isSocket()) return "socket";
  if (stat.isBlockDevice() || stat.isCharacterDevice()) return "device";
  if (stat.isFile()) return "file";
  try {
    const { handle } = await holdEntry(folder, name);
    await handle.close();
    return "folder";
  } catch (error) {
    if (error instanceof Refusal) return "mount";
    throw error;
  }
}
