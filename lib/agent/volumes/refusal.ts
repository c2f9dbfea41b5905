import type { FileRefusal } from "#lib/shared/volumes/files.ts";

/** What was asked about a file is not done. The reason is a word that the server makes a sentence of. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly reason: FileRefusal;

  constructor(reason: FileRefusal) {
    super(reason);
    this.reason = reason;
  }
}

const errnos: Readonly<Record<string, FileRefusal>> = {
  ENOENT: "not_found",
  ENOTDIR: "not_a_folder",
  EISDIR: "not_a_file",
  ELOOP: "link",
  ENAMETOOLONG: "bad_path",
  EEXIST: "exists",
  ENOTEMPTY: "not_empty",
  EROFS: "read_only",
  EACCES: "not_allowed",
  EPERM: "not_allowed",
  ENOSPC: "no_space",
  EDQUOT: "no_space",
  EBUSY: "mount",
  EXDEV: "mount",
};

/** The refusal behind an error, null for what nobody foresaw. */
export function refusalOf(error: unknown): FileRefusal | null {
  if (error instanceof Refusal) return error.reason;
  return errnos[(error as NodeJS.ErrnoException).code ?? ""] ?? null;
}
