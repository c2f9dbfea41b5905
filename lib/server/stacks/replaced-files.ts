import type { StackVersionRow } from "#lib/server/db/stacks.ts";
import type { AuditEntry } from "#lib/server/runtime-types.ts";
import { phrase } from "#lib/shared/i18n/phrase.ts";
import type { OldFile, ReplacedFile } from "#lib/shared/stacks/types.ts";
import type { FileChoice } from "./file-swaps.ts";

/** What is kept of the secrets and configs of a deploy, as JSON. */
export interface KeptFiles {
  readonly files: readonly KeptFile[];
  /** Nothing is left to remove, or nobody will. */
  readonly isDone: boolean;
  /** Who deployed. */
  readonly by: AuditEntry["caller"];
}

export interface KeptFile extends ReplacedFile {
  readonly old: readonly KeptOld[];
}

/** By id: a name may be somebody else's by then. */
export type KeptOld = OldFile & { readonly id: string };

/** What a deploy is to remove once it has succeeded. */
export function filesToReplace(choices: readonly FileChoice[], by: KeptFiles["by"]): KeptFiles {
  const files = choices
    .filter(({ old }) => old.length > 0)
    .map(({ kind, name, chosen, old }): KeptFile => {
      const waiting = old.map((each): KeptOld => ({ ...each, state: "waiting", why: null }));
      return { kind, name, now: chosen.name, old: waiting };
    });
  return { files, isDone: files.length === 0, by };
}

export function keptFilesOf({ replaced }: Pick<StackVersionRow, "replaced">): KeptFiles {
  return JSON.parse(replaced) as KeptFiles;
}

/** As the API shows them. What waits for a success that will not come stays. */
export function replacedFiles(row: Pick<StackVersionRow, "replaced" | "state">): readonly ReplacedFile[] {
  if (row.state === "refused") return [];
  const isOver = row.state === "failed" || row.state === "interrupted";
  const shown = ({ name, state, why }: KeptOld): OldFile =>
    isOver && state === "waiting"
      ? { name, state: "stays", why: phrase("deploy.old.failed") }
      : { name, state, why };
  return keptFilesOf(row).files.map(({ kind, name, now, old }) => ({ kind, name, now, old: old.map(shown) }));
}

/** Everything that still waits stays, for this reason. */
export function allStay(kept: KeptFiles, why: NonNullable<OldFile["why"]>): KeptFiles {
  const files = kept.files.map((file) => ({
    ...file,
    old: file.old.map(
      (each): KeptOld => (each.state === "waiting" ? { ...each, state: "stays", why } : each),
    ),
  }));
  return { ...kept, files, isDone: true };
}
