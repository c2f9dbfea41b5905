import { compareNatural } from "#lib/shared/natural-order.ts";
import type { FileKind } from "#lib/shared/swarm-files/limits.ts";
import type { FileDetail, FileUse, RotationView } from "#lib/shared/swarm-files/types.ts";
import type { NamedUse } from "../resources/file-uses.ts";
import { type FileContext, type FileItem, findFile } from "./find-file.ts";

const mostRotations = 5;

/** One secret or config with where every service gets it. Throws not_found. */
export async function fileDetail(
  ctx: FileContext,
  kind: FileKind,
  ref: string,
  rotations: readonly RotationView[],
): Promise<FileDetail> {
  const item = await findFile(ctx, kind, ref);
  const { present, previous } = await ctx.resources.fileUses();
  const uses = usesOf(present, kind, item);
  const now = new Set(item.usedBy.map(({ id }) => id));
  const before = new Map(usesOf(previous, kind, item).map(({ service }) => [service.id, service]));
  return {
    kind,
    item,
    uses,
    previous: [...before.values()].filter(({ id }) => !now.has(id)),
    rotations: rotations.filter(({ from, to }) => [from.id, to.id].includes(item.id)).slice(0, mostRotations),
  };
}

/** By service, then by path. */
function usesOf(all: readonly NamedUse[], kind: FileKind, item: FileItem): readonly FileUse[] {
  return all
    .filter((use) => use.kind === kind && (use.file === item.id || use.file === item.name))
    .map(({ kind: _kind, file: _file, ...use }) => use)
    .sort(
      (a, b) =>
        compareNatural(a.service.name, b.service.name) || compareNatural(a.target ?? "", b.target ?? ""),
    );
}
