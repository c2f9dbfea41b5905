import type { LogLine, LogTask } from "./log-line.ts";

/**
 * How a followed log is doing. `interrupted`: it is opened again by itself, lines that are missing then are filled in.
 * `ended`: the target is gone, or the task is over; nothing more comes.
 */
export interface LogState {
  readonly state: "connecting" | "following" | "interrupted" | "ended";
  /** ms since 1970, server clock. */
  readonly since: number;
  /** The engine's own sentence, when it said something about lines it cannot give. */
  readonly why: string | null;
}

/** A line on the wire: place of its task in the table, 1 for stderr, ms, nanoseconds after it, text, bytes cut. */
export type WireLine =
  | readonly [task: number, stderr: 0 | 1, at: number, nanos: number, text: string]
  | readonly [task: number, stderr: 0 | 1, at: number, nanos: number, text: string, cut: number];

/** What a subscriber of a log is sent; every part is optional. */
export interface LogBatch {
  /** Further tasks of the table that lines point into, with their nodes. */
  readonly table?: readonly (readonly [taskId: string, nodeId: string])[];
  readonly lines?: readonly WireLine[];
  /** Slots of tasks, as far as they are known by now. */
  readonly tasks?: readonly LogTask[];
  /** Lines left out before these: they came faster than this reader took them. */
  readonly missed?: number;
  readonly state?: LogState;
}

/** Writes lines for one subscriber; its table grows with the tasks that write. */
export class LogEncoder {
  private readonly places = new Map<string, number>();

  encode(lines: readonly LogLine[]): Pick<LogBatch, "table" | "lines"> {
    const table: [string, string][] = [];
    const wire = lines.map((line): WireLine => {
      let place = this.places.get(line.taskId);
      if (place === undefined) {
        place = this.places.size;
        this.places.set(line.taskId, place);
        table.push([line.taskId, line.nodeId]);
      }
      const head = [place, line.stream === "stderr" ? 1 : 0, line.at, line.nanos, line.text] as const;
      return line.cut > 0 ? [...head, line.cut] : head;
    });
    return { ...(table.length > 0 && { table }), ...(wire.length > 0 && { lines: wire }) };
  }
}

/** Reads what `LogEncoder` wrote, in the same order. */
export class LogDecoder {
  private readonly table: (readonly [string, string])[] = [];

  decode({ table = [], lines = [] }: Pick<LogBatch, "table" | "lines">): LogLine[] {
    this.table.push(...table);
    return lines.map(([place, stderr, at, nanos, text, cut]) => {
      const [taskId, nodeId] = this.table[place] ?? ["", ""];
      return { taskId, nodeId, stream: stderr === 1 ? "stderr" : "stdout", at, nanos, text, cut: cut ?? 0 };
    });
  }
}
