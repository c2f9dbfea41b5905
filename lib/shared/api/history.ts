import type { Phrase } from "../i18n/phrase.ts";
import type { ServiceView } from "../model/types.ts";
import type { SpecGroup } from "./types.ts";

/**
 * Through what a specification was changed: `session` is Shoal's own page, `token` its API, `outside` anything else
 * (the docker command, another tool), `swarm` the swarm itself, rolling back.
 */
export const revisionVias = ["session", "token", "webhook", "outside", "swarm"] as const;
export type RevisionVia = (typeof revisionVias)[number];

/** One difference between two specifications, in words. */
export interface SpecChange {
  /** What a person calls the field: "Image". For `raw` the path in Docker's own words. */
  readonly label: string;
  /** Text as it was; null where there was nothing. Withheld (null on both sides) where values are secret. */
  readonly before: string | null;
  readonly after: string | null;
  /** Of a list: what came, went, or has another value under the same name. */
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
  readonly altered?: readonly string[];
  /** Shoal has no words for this field: only its path is told. */
  readonly raw?: true;
}

/** A specification a service had, and the change that led to it. */
export interface RevisionView {
  /** 0: the oldest specification that is kept, before the first change that is kept. */
  readonly id: number;
  /** When the change was made or noticed, ms since 1970; null for the oldest. */
  readonly at: number | null;
  /** Null where nobody is known: a change from outside. */
  readonly userName: string | null;
  readonly via: RevisionVia | null;
  /** `service.scale`, `outside.update`, `outside.away` (noticed after Shoal was away), `swarm.rollback`, … */
  readonly action: string;
  /** False: the server ended before it knew whether the engine had accepted the change. */
  readonly confirmed: boolean;
  /** What the change before this specification was, in words. */
  readonly changes: readonly SpecChange[];
  /** This is the service's specification now. */
  readonly current: boolean;
}

export interface RevisionList {
  /** Newest first. */
  readonly items: readonly RevisionView[];
  /** What `docker service rollback` would change now; null when the engine has no previous specification. */
  readonly previous: { readonly changes: readonly SpecChange[]; readonly sameAs: number | null } | null;
  /** The present specification is not among the kept ones (yet). */
  readonly unknownNow: boolean;
}

export interface RevisionDetail extends RevisionView {
  /** The specification in words. */
  readonly spec: readonly SpecGroup[];
}

export interface RevisionDiff {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly SpecChange[];
  /** What going from the one to the other does to the tasks. */
  readonly change: OperationChange;
}

/** What happens to a service as one thing that can be followed to its end. */
export const operationKinds = ["scale", "restart", "rollback", "continue", "update", "create"] as const;
export type OperationKind = (typeof operationKinds)[number];

/**
 * `stuck` and `paused` are still followed until they resolve or something newer replaces them. `superseded`: a newer
 * change of the same service took over. `failed`: it never took effect, or its service is gone. `unknown`: nobody
 * can say how it ended.
 */
export const operationStates = [
  "running", "stuck", "paused", "completed", "rolled_back", "superseded", "failed", "unknown",
] as const; // biome-ignore format: one list
export type OperationState = (typeof operationStates)[number];

/** The facts of a change that its title is made from. */
export interface OperationChange {
  readonly fromImage: string | null;
  readonly toImage: string | null;
  /** Wanted replicas before and after; null for modes without a number. */
  readonly fromReplicas: number | null;
  readonly toReplicas: number | null;
  /** The change replaces tasks: something of the task template is different. */
  readonly replacesTasks: boolean;
}

/** A task that broke during an operation. */
export interface OperationFailure {
  readonly taskId: string;
  readonly slot: number | null;
  readonly nodeId: string | null;
  readonly exitCode: number | null;
  /** The engine's own words. */
  readonly error: string | null;
  readonly times: number;
}

export interface OperationView {
  readonly id: number;
  readonly kind: OperationKind;
  readonly service: Pick<ServiceView, "id" | "name">;
  readonly userName: string | null;
  readonly via: RevisionVia;
  readonly revision: number | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly state: OperationState;
  /** How it stands or ended, as a sentence. */
  readonly words: Phrase;
  readonly change: OperationChange;
}

/** What a task did when. Times in ms since 1970. */
export interface TaskTrack {
  readonly id: string;
  readonly slot: number | null;
  readonly nodeId: string | null;
  readonly imageTag: string | null;
  /** Runs what the operation wants; false: one that it replaces. */
  readonly isNew: boolean;
  readonly steps: readonly TaskStep[];
  /** Attempts of the same place before this one that failed and are not written down any more. */
  readonly failedBefore: number;
}

/** From `at` on the task was in this phase. */
export interface TaskStep {
  readonly at: number;
  readonly phase: TaskPhase;
}

export type TaskPhase =
  | "waiting" | "pulling" | "starting" | "running" | "stopping" | "failed" | "rejected" | "complete" | "gone"; // biome-ignore format: one line

export interface OperationDetail extends OperationView {
  readonly tracks: readonly TaskTrack[];
  /** Tasks that were not written down, because there were too many. */
  readonly untracked: number;
  readonly failure: OperationFailure | null;
  /** Slots that are done, and all of them. */
  readonly done: number;
  readonly total: number;
}

/** An operation that is under way, as it stands in the live picture. */
export interface ActiveOperation {
  readonly id: number;
  readonly serviceId: string;
  readonly kind: OperationKind;
  readonly state: OperationState;
  readonly startedAt: number;
  /** Grows with everything that is new about it: a page reads the operation again. */
  readonly revision: number;
}
