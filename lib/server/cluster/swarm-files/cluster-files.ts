import type { ClusterFiles } from "#lib/server/file-types.ts";
import { fileDetail } from "./file-detail.ts";
import { changeLabels, createFile, removeFile } from "./file-writes.ts";
import type { FileContext } from "./find-file.ts";
import { createRotations, type RotationsOptions } from "./rotations.ts";

/** Secrets and configs of a cluster for routes and pages. The caller stops it. */
export function createClusterFiles(
  ctx: FileContext,
  options: RotationsOptions,
): ClusterFiles & { stop(): void } {
  const rotations = createRotations(ctx, options);
  return {
    detail: (kind, ref) => fileDetail(ctx, kind, ref, rotations.list()),
    create: (kind, input) => createFile(ctx, kind, input),
    changeLabels: (caller, kind, ref, input) => changeLabels(ctx, caller, kind, ref, input),
    remove: (kind, ref) => removeFile(ctx, kind, ref),
    plan: (kind, ref) => rotations.plan(kind, ref),
    rotate: (caller, kind, ref, input) => rotations.start(caller, kind, ref, input),
    rotation: (id) => rotations.get(id),
    continueRotation: (caller, id) => rotations.resume(caller, id),
    stop: () => rotations.stop(),
  };
}
