import { randomBytes } from "node:crypto";
import type { Caller } from "#lib/server/runtime-types.ts";
import {
  type ConsoleEnd,
  type TerminalServerFrame,
  terminalScrollback,
  terminalWindow,
} from "#lib/shared/terminal/types.ts";
import type { ConsoleOutcome, ConsolePlan, ConsoleProcess } from "./console-process.ts";
import { OutputRing } from "./output-ring.ts";
import { hashOf } from "./tickets.ts";
import { createUnframe } from "./unframe.ts";

/** The tab of a console, while there is one. */
export interface ConsolePeer {
  send(frame: TerminalServerFrame): void;
  sendBytes(bytes: Buffer): void;
  close(reason: ConsoleEnd | "replaced"): void;
}

export interface SessionOptions {
  readonly id: string;
  readonly caller: Caller;
  readonly cluster: string;
  readonly plan: ConsolePlan;
  readonly process: ConsoleProcess;
  readonly graceMs: number;
  readonly now: () => number;
  /** It is over, and nobody will come back for the rest. Called once. */
  readonly onOver: (session: TerminalSession, outcome: ConsoleOutcome) => void;
  readonly onError: (error: unknown) => void;
}

/** Input that may wait for the process before the client has broken the rules. */
const mostInput = 2 * terminalWindow;

/**
 * One console: the process, the bytes it wrote last, and the tab that shows them. What a tab has not acknowledged is
 * always kept, so a tab that was cut off for less than the grace time misses nothing; the process waits meanwhile.
 */
export class TerminalSession {
  readonly id: string;
  readonly secret = randomBytes(32).toString("base64url");
  readonly startedAt: number;
  /** When the process was over; null while it runs. */
  endedAt: number | null = null;
  readonly options: SessionOptions;
  private readonly ring = new OutputRing(terminalScrollback);
  private readonly unframe: (chunk: Buffer) => Buffer;
  private peer: ConsolePeer | null = null;
  private acked = 0;
  private inputTaken = 0;
  private inputWaiting = 0;
  private isPaused = false;
  private grace: NodeJS.Timeout | null = null;
  private ending: ConsoleEnd | null = null;
  private outcome: ConsoleOutcome | null = null;
  private isStreamOver = false;
  private isOver = false;

  constructor(options: SessionOptions) {
    this.id = options.id;
    this.options = options;
    this.startedAt = options.now();
    const { process, plan } = options;
    this.unframe = process.isFramed ? createUnframe() : (chunk) => chunk;
    const { stream } = process;
    stream.on("data", (chunk: Buffer) => this.take(chunk));
    // How it ended is asked of the engine; the error of a raw connection says less.
    stream.on("error", () => undefined);
    stream.on("end", () => this.streamEnded());
    stream.on("close", () => this.streamEnded());
    plan.target.node.signal.addEventListener("abort", this.nodeLost, { once: true });
  }

  isOf(caller: Pick<Caller, "userId">, secret: string): boolean {
    return caller.userId === this.options.caller.userId && hashOf(secret) === hashOf(this.secret);
  }

  /** A tab shows this console from now on, from the byte it had; the one before is let go. */
  attach(peer: ConsolePeer, received: number): void {
    if (this.grace !== null) clearTimeout(this.grace);
    this.grace = null;
    this.peer?.close("replaced");
    this.peer = peer;
    const at = Math.min(this.ring.end, Math.max(received, this.ring.start));
    this.acked = Math.max(this.acked, Math.min(received, this.ring.end));
    peer.send({
      type: "opened",
      session: this.id,
      secret: this.secret,
      at,
      received: this.inputTaken,
    });
    const missed = this.ring.from(at);
    if (missed.length > 0) peer.sendBytes(missed);
    if (this.outcome !== null) this.tellEnd(this.outcome);
    else this.mayGoOn();
  }

  /** The tab has gone; it may come back, unless it has said that it knows of the end. */
  detach(peer: ConsolePeer, knowsTheEnd: boolean): void {
    if (this.peer !== peer) return;
    this.peer = null;
    if (this.isOver) return;
    if (this.outcome !== null && knowsTheEnd) {
      this.over(this.outcome);
      return;
    }
    this.grace = setTimeout(() => void this.end("given_up"), this.options.graceMs);
    this.grace.unref();
  }

  /** Bytes for the process. False: more than may be under way, so the client does not keep to the rules. */
  input(bytes: Buffer): boolean {
    const { process, plan } = this.options;
    this.inputTaken += bytes.length;
    if (plan.readOnly || this.isStreamOver || process.stream.writableEnded) {
      this.peer?.send({ type: "ack", received: this.inputTaken });
      return true;
    }
    this.inputWaiting += bytes.length;
    const place = this.inputTaken;
    process.stream.write(bytes, () => {
      this.inputWaiting -= bytes.length;
      this.peer?.send({ type: "ack", received: place });
    });
    return this.inputWaiting <= mostInput;
  }

  endOfInput(): void {
    const { process, plan } = this.options;
    if (!plan.readOnly && !process.stream.writableEnded) process.stream.end();
  }

  acknowledge(received: number): void {
    this.acked = Math.max(this.acked, Math.min(received, this.ring.end));
    this.mayGoOn();
  }

  resize(cols: number, rows: number): void {
    if (!this.isStreamOver) this.options.process.resize(cols, rows);
  }

  /** Ends the console for sure, whatever the process does. */
  async end(reason: ConsoleEnd): Promise<void> {
    if (this.ending !== null || this.isOver) return;
    this.ending = reason;
    if (this.grace !== null) clearTimeout(this.grace);
    if (this.outcome !== null) {
      this.over(this.outcome);
      return;
    }
    const outcome = { code: null, reason };
    this.tellEnd({ ...outcome, isRunning: true });
    this.peer = null;
    const ended = await this.options.process.end().catch((error: unknown) => {
      this.options.onError(error);
      return false;
    });
    this.options.process.stream.destroy();
    this.over({ ...outcome, isRunning: !ended });
  }

  private readonly nodeLost = () => this.options.process.stream.destroy();

  private take(raw: Buffer): void {
    let bytes: Buffer;
    try {
      bytes = this.unframe(raw);
    } catch (error) {
      this.options.onError(error);
      this.options.process.stream.destroy();
      return;
    }
    if (bytes.length === 0) return;
    this.ring.push(bytes);
    this.peer?.sendBytes(bytes);
    if (this.ring.end - this.acked < terminalWindow || this.isPaused) return;
    this.isPaused = true;
    this.options.process.stream.pause();
  }

  private mayGoOn(): void {
    if (!this.isPaused || this.ring.end - this.acked >= terminalWindow / 2) return;
    this.isPaused = false;
    this.options.process.stream.resume();
  }

  private streamEnded(): void {
    if (this.isStreamOver) return;
    this.isStreamOver = true;
    const { process, onError } = this.options;
    process.stream.destroy();
    if (this.ending !== null) return;
    void process
      .outcome()
      .catch((error: unknown): ConsoleOutcome => {
        onError(error);
        return { code: null, reason: "stream_lost", isRunning: true };
      })
      .then((outcome) => {
        // Given up meanwhile: that has said how it ended.
        if (this.ending !== null) return;
        this.outcome = outcome;
        this.endedAt = this.options.now();
        // A tab that was cut off has time to come back for the rest.
        if (this.peer !== null) this.tellEnd(outcome);
      });
  }

  private tellEnd({ code, reason }: ConsoleOutcome): void {
    this.peer?.send({ type: "exit", code, reason });
    this.peer?.close(reason);
  }

  private over(outcome: ConsoleOutcome): void {
    if (this.isOver) return;
    this.isOver = true;
    this.endedAt ??= this.options.now();
    if (this.grace !== null) clearTimeout(this.grace);
    const { plan, onOver } = this.options;
    plan.target.node.signal.removeEventListener("abort", this.nodeLost);
    onOver(this, outcome);
  }
}
