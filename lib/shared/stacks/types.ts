import type { SpecChange } from "../api/history.ts";
import type { Phrase } from "../i18n/phrase.ts";
import type { HostEscape } from "../policy/host-escapes.ts";
import type { FileKind } from "../swarm-files/limits.ts";

/** One file of a stack. The first ones are compose files, merged in their order; `file`: what they refer to. */
export interface StackFile {
  readonly name: string;
  readonly text: string;
  readonly kind: "compose" | "file";
}

/** Something to know about a file before it is deployed; `error` keeps it from being deployed. */
export interface StackProblem {
  readonly severity: "error" | "warning";
  readonly message: string;
  /** The file it is in; null: none in particular. */
  readonly file: string | null;
  /** From 1; null where it is not about one. */
  readonly line: number | null;
}

export type PlanAction = "create" | "change" | "unchanged" | "remove" | "left";

/** What a deploy does to one service. */
export interface PlannedService {
  /** Null: it does not exist yet. */
  readonly id: string | null;
  readonly name: string;
  readonly action: PlanAction;
  readonly changes: readonly SpecChange[];
  /** Its tasks are replaced; `tasks` of them. */
  readonly replacesTasks: boolean;
  readonly tasks: number;
  /** What of the change makes swarm replace the tasks. */
  readonly because: readonly string[];
  /** Ways from its containers to their host that it adds. */
  readonly escapes: readonly HostEscape[];
}

export type PartKind = "network" | "secret" | "config";

/**
 * What a deploy does to a network, secret or config. `left`: the file does not name it, and deploying never removes it.
 * `replace`: the content is another one, which gets a name made from it. `drop`: an earlier deploy has left it behind.
 */
export interface PlannedPart {
  readonly kind: PartKind;
  readonly name: string;
  readonly action: "create" | "change" | "unchanged" | "left" | "replace" | "drop";
  /** With `replace` alone. */
  readonly replacement?: PlannedReplacement;
  /** Services that keep using it, so that it stays; with `drop` alone. */
  readonly usedBy?: readonly string[];
}

/** A secret or config under a new name, because swarm never changes the content of one. */
export interface PlannedReplacement {
  /** The new name. */
  readonly becomes: string;
  /** False: nobody could say whether the content is another one. */
  readonly isKnown: boolean;
  /** What goes when the deploy has succeeded; `usedBy`: services that keep it. */
  readonly old: readonly { readonly name: string; readonly usedBy: readonly string[] }[];
  /** Of configs that are texts; null: of secrets, and where it is too long or no text. */
  readonly texts: { readonly before: string; readonly after: string } | null;
}

/** What deploying these files would do now, as the docker command itself would do it. */
export interface StackPlan {
  readonly services: readonly PlannedService[];
  readonly parts: readonly PlannedPart[];
  readonly problems: readonly StackProblem[];
  /** What the command said. */
  readonly output: string;
  /** Nothing is different. */
  readonly isEmpty: boolean;
  /** Tells this plan from another: given with a deploy, it is refused when the plan would be another one by then. */
  readonly fingerprint: string;
  /** Set where the deploy must be confirmed with the stack's name, and why. */
  readonly confirm: string | null;
}

/**
 * `writing`: the docker command runs. `converging`: written, tasks are being replaced. `stuck`: the same, and
 * something is in the way. `refused`: nothing was written. `interrupted`: the server ended in the middle.
 */
export const deployStates = [
  "writing", "converging", "stuck", "completed", "failed", "refused", "interrupted",
] as const; // biome-ignore format: one list
export type DeployState = (typeof deployStates)[number];

/** What a deploy did to one service. */
export interface DeployedService {
  readonly id: string | null;
  readonly name: string;
  readonly action: PlanAction;
  /** The engine has accepted it. */
  readonly written: boolean;
  /** What follows its tasks; null where none are replaced. */
  readonly operation: number | null;
}

/** One deploy, which is also one version of the stack's files. */
export interface StackVersion {
  readonly id: number;
  readonly stack: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly userName: string;
  /** Why, in the words of who did it; empty: nothing was said. */
  readonly message: string;
  readonly state: DeployState;
  /** How it stands or ended, as a sentence. */
  readonly words: Phrase;
  /** The version whose files these are again; null: they came with the deploy. */
  readonly fromVersion: number | null;
  readonly prune: boolean;
  readonly services: readonly DeployedService[];
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  /** Secrets and configs of which another content was deployed, and those that an earlier deploy had left behind. */
  readonly replaced: readonly ReplacedFile[];
}

/** What became of a secret or config of the file: the name it has now, and the ones that were for earlier contents. */
export interface ReplacedFile {
  readonly kind: FileKind;
  /** As the file means it. */
  readonly name: string;
  readonly now: string;
  readonly old: readonly OldFile[];
}

/** `waiting`: it goes when the deploy has succeeded. */
export interface OldFile {
  readonly name: string;
  readonly state: "waiting" | "removed" | "stays";
  /** Why it stays. */
  readonly why: Phrase | null;
}

export interface StackVersionDetail extends StackVersion {
  /** What the docker command said, its end where it was long. */
  readonly output: string;
}

/** The files of a version. `env`: the text of its variables. */
export interface StackFiles {
  readonly version: number | null;
  readonly files: readonly StackFile[];
  readonly env: string;
}

/** A service that is not as the last deploy left it. */
export interface DriftedService {
  readonly id: string | null;
  readonly name: string;
  readonly kind: "changed" | "removed" | "added";
  readonly changes: readonly SpecChange[];
}

export interface StackDrift {
  /** The version it is compared with; null: this stack was never deployed here. */
  readonly version: number | null;
  readonly services: readonly DriftedService[];
}

/** What goes with a stack, by name. Volumes stay. */
export interface StackRemoval {
  readonly services: readonly string[];
  readonly networks: readonly string[];
  readonly secrets: readonly string[];
  readonly configs: readonly string[];
}
