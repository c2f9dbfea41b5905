import { Duplex } from "node:stream";

/** An HTTP/2 stream, as far as it is needed here. */
interface ClosableStream extends Duplex {
  close(code?: number): void;
}

/** NGHTTP2_CANCEL */
const cancel = 8;

/**
 * An HTTP/2 stream as the socket of an HTTP/1 client or server. Node's own stream cannot be used for that: a request
 * with a body, whose head is written as text while corked, leaves with freed memory in its first bytes (Node 20 and 24).
 * This one hands on Buffers only, keeps half-close, and passes back-pressure both ways.
 */
export class StreamSocket extends Duplex {
  private readonly stream: ClosableStream;
  /** The error of a stream that ends before its end. */
  private readonly lost: () => Error;

  constructor(stream: ClosableStream, lost: () => Error) {
    super({ allowHalfOpen: true });
    this.stream = stream;
    this.lost = lost;
    stream.on("data", (chunk: Buffer) => {
      if (!this.push(chunk)) stream.pause();
    });
    stream.on("end", () => this.push(null));
    stream.on("error", (error) => this.destroy(error));
    // `aborted`: the other side or the session went away before it had said everything.
    stream.on("aborted", () => this.destroy(lost()));
    stream.on("close", () => {
      if (!this.readableEnded && !stream.readableEnded) this.destroy(lost());
    });
  }

  override _read(): void {
    this.stream.resume();
  }
  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    if (this.stream.destroyed) done(this.lost());
    else this.stream.write(chunk, done);
  }
  override _final(done: (error?: Error | null) => void): void {
    this.stream.end(() => done());
  }
  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.stream.destroyed) this.stream.close(cancel);
    done(error);
  }

  // What HTTP expects of a socket; the tunnel does these for all streams at once.
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
