import type { SpecChange } from "../api/history.ts";
import type { Phrase } from "../i18n/phrase.ts";
import type { EditConflict } from "./apply-edits.ts";
import type { EditEffect } from "./effect.ts";
import type { FieldId } from "./fields.ts";

/** A service as its form is filled in. */
export interface ServiceForm {
  readonly id: string;
  readonly name: string;
  /** The key under `Mode`: Replicated, Global, ReplicatedJob, GlobalJob. */
  readonly mode: string;
  /** What is set, in Docker's shapes. Networks by their names. Secret values are not in it. */
  readonly values: Readonly<Partial<Record<FieldId, unknown>>>;
  /** Secret fields that are set: how many values each has. */
  readonly hidden: Readonly<Partial<Record<FieldId, number>>>;
}

/** What a change would be and do. */
export interface ServicePreview {
  readonly changes: readonly SpecChange[];
  /** Both specifications, line by line; values of the environment and of log options are left out. */
  readonly diff: { readonly before: string; readonly after: string };
  readonly effect: EditEffect;
  readonly conflicts: readonly EditConflict[];
  /** Why the change will be refused for this person, in sentences. */
  readonly refusals: readonly string[];
  readonly warnings: readonly string[];
  /** What it does to Shoal itself; the name must be typed. */
  readonly selfWarning: string | null;
}

/** What making a service would do. Values of the environment and of log options are in none of it. */
export interface CreationPreview {
  /** What starts, and where. */
  readonly words: Phrase;
  /** The docker command that makes the same. */
  readonly command: string;
  /** The specification, line by line. */
  readonly spec: string;
  /** Why it will be refused for this person, in sentences. */
  readonly refusals: readonly string[];
  /** Why the engine will refuse it, in sentences. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}
