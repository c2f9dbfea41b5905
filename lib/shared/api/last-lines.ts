import type { LogLine } from "../logs/log-line.ts";

/** How a task failed and what it wrote last, kept when it happened. Times are ms since 1970. */
export interface TaskLastLines {
  readonly taskId: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly nodeId: string;
  readonly nodeName: string;
  readonly containerId: string;
  /** When it ended. */
  readonly at: number;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  /** Why the engine could not run it, in its own words; empty when it could. */
  readonly error: string;
  /** Oldest first. */
  readonly lines: readonly LogLine[];
  /** Lines before these that were left out, because together they are too long. */
  readonly dropped: number;
  /** Failures of this service just before this one whose lines were not kept: there were too many at once. */
  readonly skipped: number;
}

/** Lines that are kept of each failed task, at most. */
export const lastLinesKept = 200;
