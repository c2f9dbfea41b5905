import type { NodeFreshness, SpecGroup } from "../api/types.ts";
import type { ContainerView } from "./types.ts";

/** Answers of the HTTP API about one container. Times are ms since 1970. */

export interface ContainerMount {
  readonly type: string;
  /** Name of a volume, path on the node of a bind; null: neither. */
  readonly source: string | null;
  readonly target: string;
  readonly readOnly: boolean;
  readonly driver: string | null;
}

export interface ContainerNetwork {
  readonly id: string;
  readonly name: string;
  readonly ipv4: string | null;
  readonly ipv6: string | null;
  readonly gateway: string | null;
  readonly mac: string | null;
  readonly aliases: readonly string[];
}

/** One run of the health check. */
export interface HealthRun {
  readonly at: number;
  readonly tookMs: number;
  readonly exitCode: number;
  readonly output: string;
}

export interface ContainerDetail {
  readonly container: ContainerView;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly oomKilled: boolean;
  /** Why it could not be started, in the engine's words. */
  readonly error: string | null;
  readonly restarts: number;
  readonly pid: number | null;
  readonly tty: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** How it was made, in words; of the environment only the names. */
  readonly spec: readonly SpecGroup[];
  readonly mounts: readonly ContainerMount[];
  readonly networks: readonly ContainerNetwork[];
  readonly health: { readonly failingStreak: number; readonly runs: readonly HealthRun[] } | null;
  /** Where Shoal runs in this container: what stopping it does to this page. */
  readonly selfWarning: string | null;
  readonly nodes: readonly NodeFreshness[];
}

export interface ContainerProcesses {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface FileChange {
  readonly path: string;
  readonly kind: "added" | "changed" | "deleted";
}

export interface ContainerChanges {
  readonly items: readonly FileChange[];
  /** How many there are; more than `items` when they are very many. */
  readonly total: number;
}

export const containerActions = ["start", "stop", "restart", "kill", "pause", "unpause"] as const;
export type ContainerAction = (typeof containerActions)[number];

/** Whether a path is there on a node. */
export interface BindPath {
  readonly path: string;
  readonly exists: boolean;
}
