interface Entry {
  readonly at: number;
  /** What was planned first happens first. */
  readonly order: number;
  readonly run: () => void;
}

/** What will happen, and when: a heap of plans on a clock that only `advance` moves. Times are ms. */
export class Timeline {
  now: number;
  /** Called when what was just planned is due before everything else. */
  onSooner: () => void = () => {};
  private order = 0;
  private readonly heap: Entry[] = [];

  constructor(now: number) {
    this.now = now;
  }

  /** Plans something `delayMs` from now. A plan cannot be taken back: it looks whether it still applies. */
  after(delayMs: number, run: () => void): void {
    const entry = { at: this.now + Math.max(0, Math.round(delayMs)), order: this.order++, run };
    this.heap.push(entry);
    this.siftUp(this.heap.length - 1);
    if (this.heap[0] === entry) this.onSooner();
  }

  /** When the next plan is due; Infinity when there is none. */
  nextAt(): number {
    return this.heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Lets everything happen that is due until `time`, in order, each at its own moment. */
  advance(time: number): void {
    for (let next = this.heap[0]; next && next.at <= time; next = this.heap[0]) {
      this.removeFirst();
      this.now = Math.max(this.now, next.at);
      next.run();
    }
    this.now = Math.max(this.now, time);
  }

  private removeFirst(): void {
    const last = this.heap.pop();
    if (last === undefined || this.heap.length === 0) return;
    this.heap[0] = last;
    this.siftDown();
  }

  private siftUp(start: number): void {
    for (let child = start; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!this.swapIfEarlier(child, parent)) return;
      child = parent;
    }
  }

  private siftDown(): void {
    for (let parent = 0; ; ) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      const child = this.isEarlier(right, left) ? right : left;
      if (!this.swapIfEarlier(child, parent)) return;
      parent = child;
    }
  }

  private swapIfEarlier(child: number, parent: number): boolean {
    if (!this.isEarlier(child, parent)) return false;
    const [a, b] = [this.heap[child], this.heap[parent]];
    if (a && b) [this.heap[child], this.heap[parent]] = [b, a];
    return true;
  }

  private isEarlier(one: number, other: number): boolean {
    const [a, b] = [this.heap[one], this.heap[other]];
    if (a === undefined || b === undefined) return false;
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }
}
