import type { ConfigItem, SecretItem } from "#lib/shared/api/resource-types.ts";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import type { FileKind } from "#lib/shared/swarm-files/limits.ts";
import type { FileCreate, FileLabels, FileRotate } from "#lib/shared/swarm-files/schemas.ts";
import type { FileDetail, RotationPlan, RotationView } from "#lib/shared/swarm-files/types.ts";
import type { Caller } from "./runtime-types.ts";

/** Secrets and configs of a swarm: reads, writes and rotations. `ref` is an id or an exact name. Methods may throw AppError. */
export interface ClusterFiles {
  detail(kind: FileKind, ref: string): Promise<FileDetail>;
  create(kind: FileKind, input: FileCreate): Promise<WriteAnswer<SecretItem | ConfigItem>>;
  /** Labels are all that swarm lets anybody change. */
  changeLabels(
    caller: Caller,
    kind: FileKind,
    ref: string,
    input: FileLabels,
  ): Promise<WriteAnswer<SecretItem | ConfigItem>>;
  /** Throws conflict with who uses it. */
  remove(kind: FileKind, ref: string): Promise<void>;
  /** What a rotation would do. */
  plan(kind: FileKind, ref: string): Promise<RotationPlan>;
  /** Answers when the new one is made; the services follow one after another. Throws invalid_input, conflict, confirmation_needed. */
  rotate(caller: Caller, kind: FileKind, ref: string, input: FileRotate): Promise<RotationView>;
  /** Throws not_found. */
  rotation(id: string): RotationView;
  /** Goes on with a rotation that ended before its end. Throws not_found, and conflict for any other. */
  continueRotation(caller: Caller, id: string): Promise<RotationView>;
}
