import type { Phrase } from "../i18n/phrase.ts";
import type { StackProblem } from "../stacks/types.ts";

/**
 * `failing`: something of it restarts, is unhealthy or has failed; `partly`: some containers run and some do not;
 * `stopped`: none runs.
 */
export type ProjectState = "failing" | "partly" | "running" | "stopped";

/** A compose project as the containers of one engine tell it. */
export interface ProjectItem {
  readonly name: string;
  readonly nodeId: string;
  readonly nodeName: string;
  readonly state: ProjectState;
  readonly services: readonly string[];
  /** Containers that run, and all. */
  readonly running: number;
  readonly total: number;
  /** When its newest container was made, ms since 1970. */
  readonly changedAt: number;
  /** Shoal has its files: it was deployed here. */
  readonly isKnown: boolean;
}

/** Where `docker compose` stands on this server. */
export interface ComposeFacts {
  /** Null: there is none that works. */
  readonly version: string | null;
  /** Why there is none and what to do, as a sentence; null where there is one. */
  readonly problem: string | null;
}

/** What the labels of a project's containers say about where it was made. */
export interface ProjectSource {
  readonly workingDir: string | null;
  readonly files: readonly string[];
}

export interface ProjectDetail extends ProjectItem {
  readonly source: ProjectSource;
  /** What is done to it right now: the number of the run. */
  readonly runningNow: number | null;
  readonly compose: ComposeFacts;
}

export type ProjectAction = "create" | "change" | "start" | "unchanged" | "remove" | "left";

/** What a deploy does to the containers of one service. */
export interface PlannedProjectService {
  readonly name: string;
  readonly action: ProjectAction;
  /** Containers that are made, replaced, started, removed or left. */
  readonly containers: number;
  /** What is different, in words; of a change. */
  readonly because: readonly string[];
}

/** What deploying these files would do now, as `docker compose up` itself would do it. */
export interface ProjectPlan {
  readonly services: readonly PlannedProjectService[];
  /** Images that are not there and are pulled first. */
  readonly pulls: readonly string[];
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
  readonly problems: readonly StackProblem[];
  readonly output: string;
  readonly isEmpty: boolean;
  /** Given with a deploy, it is refused when the plan would be another one by then. */
  readonly fingerprint: string;
}

export const projectRunKinds = ["up", "pull", "stop", "start", "restart", "down"] as const;
export type ProjectRunKind = (typeof projectRunKinds)[number];

/**
 * `restored`: it failed, and what ran before runs again. `refused`: nothing was touched. `interrupted`: the server
 * ended in the middle.
 */
export type ProjectRunState =
  | "running"
  | "restoring"
  | "completed"
  | "failed"
  | "restored"
  | "refused"
  | "interrupted";

/** Something that was done to a project; an `up` is also one version of its files. */
export interface ProjectRun {
  readonly id: number;
  readonly project: string;
  readonly kind: ProjectRunKind;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly userName: string;
  /** Why, in the words of who did it; empty: nothing was said. */
  readonly message: string;
  readonly state: ProjectRunState;
  readonly words: Phrase;
  readonly fromVersion: number | null;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

export interface ProjectRunDetail extends ProjectRun {
  /** What compose said, its end where it was long. */
  readonly output: string;
}

/** What goes when a project is taken down. */
export interface ProjectRemoval {
  readonly containers: readonly string[];
  readonly networks: readonly string[];
  /** Stay, unless they are chosen to go. */
  readonly volumes: readonly string[];
}
