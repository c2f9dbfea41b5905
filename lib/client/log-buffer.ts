import { withoutAnsi } from "#lib/shared/logs/ansi.ts";
import { LogHistogram } from "#lib/shared/logs/histogram.ts";
import { guessLevel, type LogLevel } from "#lib/shared/logs/log-level.ts";
import { compareLines, type LogLine, lineKey } from "#lib/shared/logs/log-line.ts";

/** A line as it is kept, or a sentence that stands among the lines at its time. */
export type LogEntry = LineEntry | NoticeEntry;

export interface LineEntry {
  readonly kind: "line";
  /** Different for every entry of a buffer. */
  readonly id: number;
  readonly at: number;
  readonly nanos: number;
  readonly line: LogLine;
  readonly level: LogLevel;
  /** What is searched: the text as it is seen. */
  readonly plain: string;
}

export interface NoticeEntry {
  readonly kind: "notice";
  readonly id: number;
  readonly at: number;
  readonly nanos: number;
  readonly tone: "warn" | "info";
  readonly text: string;
}

/** Which entries are shown. Notices always are. */
export interface LogFilter {
  /** Without the g flag. */
  readonly pattern: RegExp | null;
  /** Lines without a match are left out. */
  readonly onlyMatches: boolean;
  readonly streams: readonly LogLine["stream"][];
  /** Empty: all. */
  readonly levels: readonly LogLevel[];
  /** Ids of the tasks; null: all. */
  readonly tasks: ReadonlySet<string> | null;
}

export const wholeLog: LogFilter = {
  pattern: null,
  onlyMatches: false,
  streams: [],
  levels: [],
  tasks: null,
};

/** Lines kept in a tab; a tenth more is borne before the oldest go. */
export const mostLines = 100_000;

/**
 * The lines of a tab, in order of time whatever order they come in, each once. Late lines find their place; the
 * oldest go when there are too many.
 */
export class LogBuffer {
  readonly histogram = new LogHistogram();
  private entries: LogEntry[] = [];
  private readonly keys = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private readonly most: number;
  private nextId = 1;
  private lineCount = 0;
  private droppedCount = 0;
  private changes = 0;

  constructor(most = mostLines) {
    this.most = most;
  }

  /** Grows with every change. */
  version = () => this.changes;

  /** Lines kept, and lines dropped because they were too many. */
  counts(): { readonly kept: number; readonly dropped: number } {
    return { kept: this.lineCount, dropped: this.droppedCount };
  }

  /** All entries by time. The array is not changed later: a new one takes its place. */
  all(): readonly LogEntry[] {
    return this.entries;
  }

  add(lines: readonly LogLine[]): void {
    const fresh: LogEntry[] = [];
    for (const line of lines) {
      const key = lineKey(line);
      if (this.keys.has(key)) continue;
      this.keys.add(key);
      const { at, nanos, text } = line;
      const level = guessLevel(text);
      fresh.push({ kind: "line", id: this.nextId++, at, nanos, line, level, plain: withoutAnsi(text) });
      this.histogram.count(at, level === "error", 1);
    }
    this.lineCount += fresh.length;
    this.insert(fresh);
  }

  /** A sentence among the lines. */
  notice(at: number, text: string, tone: NoticeEntry["tone"] = "warn"): void {
    this.insert([{ kind: "notice", id: this.nextId++, at, nanos: 0, tone, text }]);
  }

  onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  private insert(fresh: LogEntry[]): void {
    if (fresh.length === 0) return;
    fresh.sort(compareLines);
    const first = fresh[0];
    const at = first === undefined ? this.entries.length : placeOf(this.entries, first);
    this.entries = [...this.entries.slice(0, at), ...merge(this.entries.slice(at), fresh)];
    if (this.entries.length > this.most * 1.1) this.trim();
    this.changes += 1;
    for (const listener of this.listeners) listener();
  }

  private trim(): void {
    const gone = this.entries.length - this.most;
    for (const entry of this.entries.slice(0, gone)) {
      if (entry.kind !== "line") continue;
      this.keys.delete(lineKey(entry.line));
      this.histogram.count(entry.at, entry.level === "error", -1);
      this.lineCount -= 1;
      this.droppedCount += 1;
    }
    this.entries = this.entries.slice(gone);
  }
}

/** Place of the first entry that is later than `entry`. */
export function placeOf(entries: readonly LogEntry[], entry: Pick<LogEntry, "at" | "nanos">): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = entries[middle];
    if (other !== undefined && compareLines(other, entry) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function merge(a: readonly LogEntry[], b: readonly LogEntry[]): LogEntry[] {
  if (a.length === 0) return [...b];
  const merged: LogEntry[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (right === undefined || (left !== undefined && compareLines(left, right) <= 0)) {
      if (left) merged.push(left);
      i += 1;
    } else {
      merged.push(right);
      j += 1;
    }
  }
  return merged;
}

/** What a filter shows of the entries, and how many lines match its pattern. */
export interface FilteredLog {
  readonly shown: readonly LogEntry[];
  readonly matches: number;
}

/** Applies a filter. What a pattern said about a line is remembered: a line is searched once for each pattern. */
export class LogSearch {
  private readonly filter: LogFilter;
  private readonly found = new WeakMap<LogEntry, boolean>();

  constructor(filter: LogFilter) {
    this.filter = filter;
  }

  apply(entries: readonly LogEntry[]): FilteredLog {
    const { pattern, onlyMatches, streams, levels, tasks } = this.filter;
    const everything = streams.length === 0 && levels.length === 0 && tasks === null;
    if (everything && pattern === null) return { shown: entries, matches: 0 };
    let matches = 0;
    const shown = entries.filter((entry) => {
      if (entry.kind === "notice") return true;
      const { line, level } = entry;
      if (streams.length > 0 && !streams.includes(line.stream)) return false;
      if (levels.length > 0 && !levels.includes(level)) return false;
      if (tasks !== null && !tasks.has(line.taskId)) return false;
      if (pattern === null) return true;
      const isMatch = this.matches(entry, pattern);
      if (isMatch) matches += 1;
      return isMatch || !onlyMatches;
    });
    return { shown: everything && !onlyMatches ? entries : shown, matches };
  }

  private matches(entry: LineEntry, pattern: RegExp): boolean {
    let found = this.found.get(entry);
    if (found === undefined) {
      found = pattern.test(entry.plain);
      this.found.set(entry, found);
    }
    return found;
  }
}
