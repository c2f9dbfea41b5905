/**
 * The newest values of some metrics on a grid, oldest overwritten. Float32: half a percent of a byte in a million is
 * more than a chart shows, and half the memory.
 */
export class SampleRing {
  readonly slots: number;
  readonly metrics: number;
  private readonly values: Float32Array;
  private newest = Number.NEGATIVE_INFINITY;

  constructor(slots: number, metrics: number) {
    this.slots = slots;
    this.metrics = metrics;
    this.values = new Float32Array(slots * metrics).fill(Number.NaN);
  }

  /** The slot written last; -Infinity before the first. */
  last(): number {
    return this.newest;
  }

  /** Writes a slot; those between the last one and this become a gap. A slot too old to be kept is dropped. */
  put(slot: number, values: readonly number[]): void {
    if (slot <= this.newest - this.slots) return;
    if (slot > this.newest) {
      const from = Math.max(this.newest + 1, slot - this.slots + 1);
      for (let gap = from; gap <= slot; gap += 1) this.clear(gap);
      this.newest = slot;
    }
    const at = this.place(slot);
    for (let metric = 0; metric < this.metrics; metric += 1) {
      this.values[at + metric] = values[metric] ?? Number.NaN;
    }
  }

  /** NaN: nothing is known of then. */
  get(slot: number, metric: number): number {
    if (slot > this.newest || slot <= this.newest - this.slots) return Number.NaN;
    return this.values[this.place(slot) + metric] ?? Number.NaN;
  }

  private place(slot: number): number {
    return (slot % this.slots) * this.metrics;
  }

  private clear(slot: number): void {
    const at = this.place(slot);
    this.values.fill(Number.NaN, at, at + this.metrics);
  }
}
