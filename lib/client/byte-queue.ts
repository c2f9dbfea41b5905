/** Bytes on their way out: those that wait, and those that were sent and not acknowledged yet. */
export class ByteQueue {
  private waiting: Uint8Array[] = [];
  private sent: Uint8Array[] = [];
  private acked = 0;
  private sentSize = 0;

  /** Bytes that were sent and are not acknowledged. */
  get underWay(): number {
    return this.sentSize;
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length > 0) this.waiting.push(bytes);
  }

  /** The next bytes to send, at most so many; null when none wait. They count as sent from now on. */
  next(most: number): Uint8Array | null {
    const first = this.waiting[0];
    if (first === undefined || most <= 0) return null;
    const part = first.subarray(0, most);
    if (part.length === first.length) this.waiting.shift();
    else this.waiting[0] = first.subarray(most);
    this.sent.push(part);
    this.sentSize += part.length;
    return part;
  }

  /** The other side has taken so many bytes since the start. */
  acknowledge(taken: number): void {
    let left = Math.max(0, taken - this.acked);
    while (left > 0) {
      const first = this.sent[0];
      if (first === undefined) break;
      const part = Math.min(left, first.length);
      if (part === first.length) this.sent.shift();
      else this.sent[0] = first.subarray(part);
      this.sentSize -= part;
      this.acked += part;
      left -= part;
    }
    // Taken before this queue began.
    if (this.sent.length === 0) this.acked = Math.max(this.acked, taken);
  }

  /** The connection was cut: what is not acknowledged is sent once more. */
  rewind(taken: number): void {
    this.acknowledge(taken);
    this.waiting = [...this.sent, ...this.waiting];
    this.sent = [];
    this.sentSize = 0;
  }
}
