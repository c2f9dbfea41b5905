import type { OperationState } from "../api/history.ts";
import type { ConfigItem, SecretItem, ServiceRef } from "../api/resource-types.ts";
import type { Phrase } from "../i18n/phrase.ts";
import type { FileKind } from "./limits.ts";

/** One place where a service gets a secret or config. */
export interface FileUse {
  readonly service: ServiceRef;
  /** Path in the container; null: not as a file (a credential specification). */
  readonly target: string | null;
  readonly uid: string;
  readonly gid: string;
  /** Octal, `0444`. */
  readonly mode: string;
}

/** A secret or config with who uses it. Never with what is in it. */
export interface FileDetail {
  readonly kind: FileKind;
  readonly item: SecretItem | ConfigItem;
  readonly uses: readonly FileUse[];
  /** Services that only the engine's own rollback would bring back to it. */
  readonly previous: readonly ServiceRef[];
  /** Its newest rotations, as the old one or as the new one; newest first. */
  readonly rotations: readonly RotationView[];
}
/** What a rotation would do, before it is begun. */
export interface RotationPlan {
  /** The name it proposes. */
  readonly name: string;
  readonly uses: readonly FileUse[];
  readonly warnings: readonly string[];
  /** Why it cannot be rotated; null: it can. */
  readonly refusal: string | null;
}

export const rotationStates = ["running", "done", "failed", "interrupted"] as const;
export type RotationState = (typeof rotationStates)[number];

/** A service in a rotation. `old`, `new`: which one its specification names. */
export interface RotationService {
  readonly id: string;
  readonly name: string;
  readonly has: "old" | "new" | "gone";
  /** `waiting`: not yet begun. */
  readonly state: "waiting" | OperationState;
  readonly operation: number | null;
  /** Why it did not work. */
  readonly why: Phrase | null;
}

/** A secret or config on its way to a new value. Names and ids only. Times in ms since 1970. */
export interface RotationView {
  readonly id: string;
  readonly kind: FileKind;
  readonly from: ServiceRef;
  readonly to: ServiceRef;
  readonly removeOld: boolean;
  readonly userName: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly state: RotationState;
  readonly services: readonly RotationService[];
  /** How it stands or ended, as a sentence. */
  readonly words: Phrase;
}
