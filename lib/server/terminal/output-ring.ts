/** The last bytes of a stream, each known by its place since the start. */
export class OutputRing {
  private readonly chunks: Buffer[] = [];
  private readonly most: number;
  private size = 0;
  private total = 0;

  /** Keeps at least the last `most` bytes once there are so many, and not more than one chunk above. */
  constructor(most: number) {
    this.most = most;
  }

  /** Place of the oldest byte that is kept. */
  get start(): number {
    return this.total - this.size;
  }

  /** Place of the byte that comes next. */
  get end(): number {
    return this.total;
  }

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    this.total += chunk.length;
    for (let first = this.chunks[0]; first && this.size - first.length >= this.most; first = this.chunks[0]) {
      this.chunks.shift();
      this.size -= first.length;
    }
  }

  /** Everything kept from a place on; places before `start` are gone. */
  from(place: number): Buffer {
    const all = Buffer.concat(this.chunks);
    return all.subarray(Math.min(all.length, Math.max(0, place - this.start)));
  }
}
