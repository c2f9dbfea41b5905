import type { ErrorCode } from "../errors.ts";

/** What the agents of nodes can and say about the files of volumes, and how much of it. */

/** Word in the handshake of an agent that lets files be read and changed. */
export const filesCapability = "volume-files";

/** Largest file that goes up, bytes. */
export const mostUploadBytes = 2 * 1024 ** 3;
/** Largest file that comes down, bytes. */
export const mostDownloadBytes = 16 * 1024 ** 3;
/** Entries of one answer. */
export const filesPerPage = 500;
/** Entries of a folder that are looked at; of a larger one the others are not shown. */
export const mostEntries = 50_000;
/** Entries that go with one removal of a folder. */
export const mostRemoved = 100_000;

export type FileKind = "file" | "folder" | "link" | "device" | "pipe" | "socket" | "mount";

/** One entry of a folder. Names are texts of `file-path.ts`. Times are ms since 1970. */
export interface VolumeFile {
  readonly name: string;
  readonly kind: FileKind;
  /** Bytes. */
  readonly size: number;
  readonly modifiedAt: number;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Where a link says that it leads; nobody follows it. */
  readonly target: string | null;
}

/** A part of a folder's entries: folders first, then by name. */
export interface VolumeFiles {
  readonly items: readonly VolumeFile[];
  /** Entries of the folder. */
  readonly total: number;
  /** There are more than were looked at. */
  readonly isCut: boolean;
  /** Where to go on; null: these were the last. */
  readonly next: number | null;
}

/** Why an agent does not do what was asked about a file, and the error it becomes. */
export const fileRefusals = {
  bad_path: "invalid_input",
  no_volume: "not_found",
  not_found: "not_found",
  not_local: "refused_by_engine",
  from_elsewhere: "refused_by_engine",
  not_visible: "refused_by_engine",
  link: "refused_by_engine",
  not_a_folder: "refused_by_engine",
  not_a_file: "refused_by_engine",
  mount: "refused_by_engine",
  whole_volume: "refused_by_engine",
  exists: "conflict",
  not_empty: "conflict",
  too_many: "refused_by_engine",
  too_large: "too_large",
  incomplete: "invalid_input",
  not_allowed: "refused_by_engine",
  read_only: "refused_by_engine",
  no_space: "refused_by_engine",
} as const satisfies Record<string, ErrorCode>;
export type FileRefusal = keyof typeof fileRefusals;
