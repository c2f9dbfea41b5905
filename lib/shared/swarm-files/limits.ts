import { type Phrase, phrase } from "../i18n/phrase.ts";

/** Secrets and configs: small files that swarm keeps and hands to tasks. Neither can be changed once it is made. */
export type FileKind = "secret" | "config";

/** Swarm refuses one that is as large as this, bytes. */
export const sizeLimit: Readonly<Record<FileKind, number>> = { secret: 512_000, config: 1_024_000 };

export const longestName = 64;

/** Swarm's own rule: letters and digits at both ends, and - _ . between. */
export function isFileName(name: string): boolean {
  return name.length <= longestName && /^[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$/.test(name);
}

/** What is wrong with a name; `taken` are those of the same kind. Null: nothing. */
export function nameProblem(kind: FileKind, name: string, taken: Iterable<string>): Phrase | null {
  if (name.length > longestName) return phrase("files.error.longName", { n: name.length, most: longestName });
  if (!isFileName(name)) return phrase("files.error.badName");
  for (const each of taken) if (each === name) return phrase(`files.error.taken_${kind}`, { name });
  return null;
}

/** What is wrong with a content of so many bytes. Null: nothing. */
export function sizeProblem(kind: FileKind, bytes: number): Phrase | null {
  if (bytes === 0) return phrase("files.error.empty");
  const most = sizeLimit[kind] - 1;
  return bytes <= most ? null : phrase(`files.error.large_${kind}`, { bytes, most });
}
