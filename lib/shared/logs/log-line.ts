/** One line a task has written. Text from a container: hostile, never markup. */
export interface LogLine {
  readonly taskId: string;
  /** Empty where the engine did not say. */
  readonly nodeId: string;
  readonly stream: "stdout" | "stderr";
  /** When the node's engine took it, ms since 1970 by that node's clock. */
  readonly at: number;
  /** Nanoseconds after `at`, 0 to 999,999: two lines of one millisecond keep their order. */
  readonly nanos: number;
  readonly text: string;
  /** Bytes of the line that were left out, because it is longer than `longestLine`. */
  readonly cut: number;
}

/** Bytes of one line that pages keep; a download has it whole. */
export const longestLine = 32 * 1024;

/** What is followed or read: all tasks of a service, now and earlier, one task, or one container. */
export interface LogTarget {
  readonly kind: "service" | "task" | "container";
  readonly id: string;
  /** Of a container: id or name of its node, where that is known. */
  readonly node?: string | undefined;
}

/** Where a task of the log stands or stood; a container has its own id and name here. */
export interface LogTask {
  readonly id: string;
  readonly serviceId: string;
  /** Null for global tasks. */
  readonly slot: number | null;
  readonly nodeId: string | null;
  /** Of a container that is shown by itself. */
  readonly name?: string;
}

/** Order by time; lines of the same nanosecond keep the order they have. */
export function compareLines(a: Pick<LogLine, "at" | "nanos">, b: Pick<LogLine, "at" | "nanos">): number {
  return a.at - b.at || a.nanos - b.nanos;
}

/** The same for the same line, however often it is read. */
export function lineKey({ taskId, stream, at, nanos, text }: LogLine): string {
  return `${taskId} ${stream} ${at} ${nanos} ${text.length} ${text.slice(0, 24)}`;
}
