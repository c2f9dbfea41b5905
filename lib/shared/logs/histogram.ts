/** Lines of one stretch of time. */
export interface LogBar {
  /** Begin, ms since 1970. */
  readonly at: number;
  readonly lines: number;
  readonly errors: number;
}

/** Length of the finest stretch, ms. */
const binMs = 10_000;
const steps = [1, 2, 3, 6, 12, 30, 60, 180, 360, 1_080, 8_640].map((times) => times * binMs);

/** Counts lines by stretches of 10 s, so that bars of any length follow without going through the lines again. */
export class LogHistogram {
  private readonly bins = new Map<number, { lines: number; errors: number }>();

  /** `by`: 1 for a line that came, -1 for one that is no longer kept. */
  count(at: number, isError: boolean, by: 1 | -1): void {
    const start = Math.floor(at / binMs) * binMs;
    const bin = this.bins.get(start) ?? { lines: 0, errors: 0 };
    bin.lines += by;
    if (isError) bin.errors += by;
    if (bin.lines > 0) this.bins.set(start, bin);
    else this.bins.delete(start);
  }

  /** At most `most` bars of equal length over all that is counted, empty ones among them. */
  bars(most: number): { readonly stepMs: number; readonly bars: readonly LogBar[] } {
    const starts = [...this.bins.keys()];
    if (starts.length === 0) return { stepMs: binMs, bars: [] };
    const first = starts.reduce((a, b) => Math.min(a, b));
    const last = starts.reduce((a, b) => Math.max(a, b));
    const fits = (step: number) => Math.floor(last / step) - Math.floor(first / step) < most;
    const stepMs = steps.find(fits) ?? Math.ceil((last - first + binMs) / (most - 1) / binMs) * binMs;
    const from = Math.floor(first / stepMs);
    const bars = Array.from({ length: Math.floor(last / stepMs) - from + 1 }, (_, i) => ({
      at: (from + i) * stepMs,
      lines: 0,
      errors: 0,
    }));
    for (const [start, { lines, errors }] of this.bins) {
      const bar = bars[Math.floor(start / stepMs) - from];
      if (!bar) continue;
      bar.lines += lines;
      bar.errors += errors;
    }
    return { stepMs, bars };
  }
}
