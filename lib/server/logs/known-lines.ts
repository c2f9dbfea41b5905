import { compareLines, type LogLine, lineKey } from "#lib/shared/logs/log-line.ts";

/** Last lines remembered of one task and stream. Must be more than a new stream begins with (`tail`). */
const remembered = 400;

interface TaskLines {
  readonly keys: Set<string>;
  newest: Pick<LogLine, "at" | "nanos">;
}

/**
 * Tells lines that were read before from new ones. Docker repeats the last lines of a task when a stream is opened
 * again, and inside of a stream when a node comes back (measured: it sends its `tail` once more).
 */
export class KnownLines {
  private readonly tasks = new Map<string, TaskLines>();
  private readonly whole = new Set<string>();
  /** Up to where each task had been read when the stream was opened again. */
  private marks = new Map<string, Pick<LogLine, "at" | "nanos">>();

  /** From now on every line of this task is remembered, until `forget`: its log is being read a second time. */
  rememberAll(taskId: string): void {
    this.whole.add(taskId);
  }

  forget(taskId: string): void {
    this.whole.delete(taskId);
  }

  /** True the first time a line is seen. */
  isNew(line: LogLine): boolean {
    const place = `${line.taskId} ${line.stream}`;
    const mark = this.marks.get(place);
    if (mark !== undefined && compareLines(line, mark) <= 0) return false;
    const key = lineKey(line);
    const known = this.tasks.get(place);
    if (known === undefined) {
      this.tasks.set(place, { keys: new Set([key]), newest: line });
      return true;
    }
    if (known.keys.has(key)) return false;
    known.keys.add(key);
    if (known.keys.size > remembered && !this.whole.has(line.taskId)) {
      // A set keeps the order of adding: the first are the oldest.
      for (const oldest of known.keys) {
        known.keys.delete(oldest);
        if (known.keys.size <= remembered) break;
      }
    }
    if (compareLines(line, known.newest) > 0) known.newest = line;
    return true;
  }

  /** The stream is opened again: what comes up to where each task stands is old. */
  reopened(): void {
    this.marks = new Map([...this.tasks].map(([place, { newest }]) => [place, newest]));
  }

  /** What follows is live: a node whose clock was set back must not be taken for old lines. */
  caughtUp(): void {
    this.marks.clear();
  }

  /**
   * Time (ms) from which a new stream must be read so that nothing is missed: where the quietest of the tasks stands
   * that have written since `activeSince`; null when none has.
   */
  resumeFrom(activeSince: number): number | null {
    const times = [...this.tasks.values()].map(({ newest }) => newest.at).filter((at) => at >= activeSince);
    return times.length === 0 ? null : Math.min(...times);
  }
}
