import { Duplex } from "node:stream";
import { WebSocket } from "ws";

/** Small parts go together in one frame; large ones are not worth their copy, bytes. */
const joinUpTo = 16 * 1024;

/**
 * The bytes of a WebSocket as one stream, for HTTP/2 to run over. A connection that ends or breaks is the end of the
 * stream and never its error: Node's HTTP/2 leaves nobody to hear an error that comes while its session ends, and that
 * would end the process (measured with ws's own stream). Who wants the reason listens to the socket.
 */
export class WebSocketPipe extends Duplex {
  private readonly socket: WebSocket;

  constructor(socket: WebSocket) {
    super();
    this.socket = socket;
    socket.on("message", (data: Buffer) => {
      if (!this.push(data)) socket.pause();
    });
    socket.on("error", () => this.destroy());
    socket.on("close", () => {
      this.push(null);
      this.destroy();
    });
  }

  override _read(): void {
    if (this.socket.isPaused) this.socket.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    // What is said to a closing connection is lost in any case; its close follows.
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(chunk, () => done());
    else done();
  }

  /** HTTP/2 hands over heads, bodies and acknowledgements one by one. */
  override _writev(
    chunks: readonly { readonly chunk: Buffer; readonly encoding: string }[],
    done: () => void,
  ): void {
    if (this.socket.readyState !== WebSocket.OPEN) {
      done();
      return;
    }
    const frames = framesOf(chunks.map(({ chunk }) => chunk));
    frames.forEach((frame, index) => {
      if (index === frames.length - 1) this.socket.send(frame, () => done());
      else this.socket.send(frame);
    });
  }

  override _final(done: () => void): void {
    this.socket.close();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.socket.terminate();
    done(error);
  }
}

function framesOf(chunks: readonly Buffer[]): readonly Buffer[] {
  const frames: Buffer[] = [];
  let waiting: Buffer[] = [];
  let size = 0;
  for (const chunk of chunks) {
    if (size > 0 && size + chunk.length > joinUpTo) {
      frames.push(joined(waiting));
      waiting = [];
      size = 0;
    }
    waiting.push(chunk);
    size += chunk.length;
  }
  frames.push(joined(waiting));
  return frames;
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
}
