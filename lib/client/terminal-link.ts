import type { TerminalClientFrame } from "#lib/shared/terminal/frames.ts";
import {
  type ConsoleEnd,
  type TerminalServerFrame,
  terminalCloseCodes,
  terminalGraceMs,
  terminalWindow,
} from "#lib/shared/terminal/types.ts";
import { ByteQueue } from "./byte-queue.ts";

/** The part of a WebSocket that is used. */
export interface TerminalWebSocket {
  binaryType: string;
  readonly readyState: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number): void;
  addEventListener(type: "open" | "close" | "message", listener: (event: SocketEvent) => void): void;
}

export interface SocketEvent {
  readonly data?: unknown;
  readonly code?: number;
}

/** `cut`: it is tried again. `ended`: `message` is the server's sentence, where there is one. */
export type TerminalLinkState =
  | { readonly state: "connecting" | "open" | "cut" }
  | {
      readonly state: "ended";
      readonly code: number | null;
      readonly reason: ConsoleEnd | "replaced" | "session_lost" | "refused";
      readonly message: string | null;
    };

/** What a tab keeps to come back to its console. */
export interface TerminalTab {
  readonly id: string;
  readonly secret: string;
}

export interface TerminalLinkOptions {
  readonly openSocket: () => TerminalWebSocket;
  /** A ticket that was asked for, or the console this tab had before it was loaded anew. */
  readonly start: { readonly ticket: string } | { readonly session: TerminalTab };
  readonly size: () => { readonly cols: number; readonly rows: number };
  /** Bytes of the process; call `done` when they are shown, so that more may come. */
  readonly onBytes: (bytes: Uint8Array, done: () => void) => void;
  /** The console stands; keep this to come back to it. */
  readonly onOpened?: (tab: TerminalTab) => void;
  /** So many bytes were written while this tab was away, and are not kept any more. */
  readonly onMissed: (bytes: number) => void;
  readonly onState: (state: TerminalLinkState) => void;
}

/** Acknowledged at least this often; largest piece of input; times in ms. */
const [ackEvery, largestPiece] = [32 * 1024, 16 * 1024];
const [firstPauseMs, longestPauseMs, beatMs, silenceMs] = [250, 2_000, 10_000, 25_000];
const open = 1;

/**
 * One console of this tab: over a cut connection it goes on where it was, in both directions, as long as the server
 * keeps its process.
 */
export class TerminalLink {
  private readonly options: TerminalLinkOptions;
  private readonly input = new ByteQueue();
  private socket: TerminalWebSocket | null = null;
  private session: TerminalTab | null;
  private isFirst = true;
  private current: TerminalLinkState = { state: "connecting" };
  private received = 0;
  private shown = 0;
  private acked = 0;
  private wantsEof = false;
  private cutAt = 0;
  private pauseMs = firstPauseMs;
  private heardAt = 0;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private readonly beat: ReturnType<typeof setInterval>;

  constructor(options: TerminalLinkOptions) {
    this.options = options;
    this.session = "session" in options.start ? options.start.session : null;
    this.beat = setInterval(() => this.checkAlive(), beatMs);
    this.connect();
  }

  state(): TerminalLinkState {
    return this.current;
  }

  /** Input for the process; what cannot be sent now is sent later. */
  write(bytes: Uint8Array): void {
    if (this.current.state === "ended") return;
    this.input.push(bytes);
    this.pump();
  }

  /** No more input comes. */
  end(): void {
    this.wantsEof = true;
    this.pump();
  }

  resize(cols: number, rows: number): void {
    this.send({ type: "resize", cols, rows });
  }

  /** Ends the pause between two tries. */
  reconnectNow(): void {
    if (this.current.state !== "cut" || this.retry === null) return;
    clearTimeout(this.retry);
    this.connect();
  }

  /** Gives the console up: its process is ended now, and not after the grace time. */
  close(): void {
    this.send({ type: "end" });
    this.finish({ state: "ended", code: null, reason: "given_up", message: null });
    this.socket?.close(terminalCloseCodes.ended);
  }

  /** Leaves without a word: the console waits for this tab as long as it waits for one that was cut off. */
  leave(): void {
    this.finish({ state: "ended", code: null, reason: "given_up", message: null });
    this.socket?.close();
  }

  private connect(): void {
    this.retry = null;
    const socket = this.options.openSocket();
    this.socket = socket;
    socket.binaryType = "arraybuffer";
    this.heardAt = Date.now();
    socket.addEventListener("open", () => {
      const { session } = this;
      const { start } = this.options;
      const size = this.options.size();
      if ("ticket" in start && session === null) this.send({ type: "open", ticket: start.ticket, ...size });
      else if (session !== null) {
        const { id, secret } = session;
        this.send({ type: "resume", session: id, secret, received: this.received, ...size });
      }
    });
    socket.addEventListener("message", ({ data }) => {
      if (socket !== this.socket) return;
      this.heardAt = Date.now();
      if (typeof data === "string") this.takeFrame(JSON.parse(data) as TerminalServerFrame);
      else this.takeBytes(new Uint8Array(data as ArrayBuffer));
    });
    socket.addEventListener("close", ({ code }) => this.closed(socket, code ?? 0));
  }

  private takeFrame(frame: TerminalServerFrame): void {
    if (frame.type === "opened") this.opened(frame);
    else if (frame.type === "ack") {
      this.input.acknowledge(frame.received);
      this.pump();
    } else if (frame.type === "exit") {
      this.finish({ state: "ended", code: frame.code, reason: frame.reason, message: null });
    } else if (frame.type === "error") {
      const reason = this.session === null ? "refused" : "session_lost";
      this.finish({ state: "ended", code: null, reason, message: frame.message });
    }
  }

  private opened(frame: Extract<TerminalServerFrame, { type: "opened" }>): void {
    this.session = { id: frame.session, secret: frame.secret };
    this.pauseMs = firstPauseMs;
    this.input.rewind(frame.received);
    this.options.onOpened?.(this.session);
    const missed = frame.at - this.received;
    if (missed > 0) {
      // A tab that was loaded anew shows what is kept, and asks for no more.
      if (!this.isFirst) this.options.onMissed(missed);
      this.received = frame.at;
      this.shown += missed;
    }
    this.isFirst = false;
    this.setState({ state: "open" });
    this.pump();
  }

  private takeBytes(bytes: Uint8Array): void {
    this.received += bytes.length;
    this.options.onBytes(bytes, () => {
      this.shown += bytes.length;
      if (this.shown - this.acked < ackEvery) return;
      this.acked = this.shown;
      this.send({ type: "ack", received: this.shown });
    });
  }

  /** Sends what waits, as far as the other side takes it. */
  private pump(): void {
    if (this.current.state !== "open") return;
    for (;;) {
      const room = Math.min(largestPiece, terminalWindow - this.input.underWay);
      const part = this.input.next(room);
      if (part === null) break;
      this.socket?.send(new Uint8Array(part));
    }
    if (this.wantsEof && this.input.isEmpty) this.send({ type: "eof" });
  }

  private send(frame: TerminalClientFrame): void {
    if (this.socket?.readyState === open) this.socket.send(JSON.stringify(frame));
  }

  private closed(socket: TerminalWebSocket, code: number): void {
    if (socket !== this.socket || this.current.state === "ended") return;
    if (code === terminalCloseCodes.replaced) {
      this.finish({ state: "ended", code: null, reason: "replaced", message: null });
      return;
    }
    this.lost(socket);
  }

  private lost(socket: TerminalWebSocket | null): void {
    if (socket !== this.socket || this.current.state === "ended") return;
    this.socket = null;
    socket?.close();
    if (this.isFirst) {
      const reason = this.session === null ? "refused" : "session_lost";
      this.finish({ state: "ended", code: null, reason, message: null });
      return;
    }
    if (this.current.state === "open") this.cutAt = Date.now();
    this.setState({ state: "cut" });
    if (Date.now() - this.cutAt > terminalGraceMs + 5_000) {
      this.finish({ state: "ended", code: null, reason: "session_lost", message: null });
      return;
    }
    this.retry = setTimeout(() => this.connect(), this.pauseMs);
    this.pauseMs = Math.min(longestPauseMs, this.pauseMs * 2);
  }

  /** A connection that says nothing, not even to a question, is dead. */
  private checkAlive(): void {
    if (this.socket === null) return;
    if (Date.now() - this.heardAt > silenceMs) this.lost(this.socket);
    else this.send({ type: "ping" });
  }

  private finish(state: TerminalLinkState): void {
    if (this.current.state === "ended") return;
    clearInterval(this.beat);
    if (this.retry !== null) clearTimeout(this.retry);
    this.setState(state);
  }

  private setState(state: TerminalLinkState): void {
    this.current = state;
    this.options.onState(state);
  }
}
