import type { LogLine } from "#lib/shared/logs/log-line.ts";

/** The newest lines of a log, numbered from 0 on; the oldest go when there are too many. */
export class LineRing {
  private lines: LogLine[] = [];
  /** Number of the first line that is kept. */
  private first = 0;
  private bytes = 0;
  private readonly maxLines: number;
  private readonly maxBytes: number;

  constructor(maxLines: number, maxBytes: number) {
    this.maxLines = maxLines;
    this.maxBytes = maxBytes;
  }

  /** Number the next line will have. */
  get end(): number {
    return this.first + this.lines.length;
  }

  /** Number of the oldest line that is kept. */
  get start(): number {
    return this.first;
  }

  push(line: LogLine): void {
    this.lines.push(line);
    this.bytes += sizeOf(line);
    // In steps, so that not every line moves all others.
    if (this.lines.length > this.maxLines * 1.1 || this.bytes > this.maxBytes * 1.1) this.trim();
  }

  /** At most `max` lines from a number on. */
  slice(from: number, max: number): readonly LogLine[] {
    const at = Math.max(0, from - this.first);
    return this.lines.slice(at, at + max);
  }

  private trim(): void {
    let drop = Math.max(0, this.lines.length - this.maxLines);
    for (let i = 0; i < drop; i += 1) this.bytes -= sizeOf(this.lines[i]);
    while (this.bytes > this.maxBytes && drop < this.lines.length - 1) {
      this.bytes -= sizeOf(this.lines[drop]);
      drop += 1;
    }
    this.lines = this.lines.slice(drop);
    this.first += drop;
  }
}

/** About what a line takes in memory. */
function sizeOf(line: LogLine | undefined): number {
  return line === undefined ? 0 : 200 + line.text.length * 2;
}
