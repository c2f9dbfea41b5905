import type { IncomingMessage } from "node:http";
import { isAppError } from "#lib/shared/errors.ts";
import { EngineFailure, toAppError, tunnelErrnos } from "./errors.ts";

/** Which call it is, for its errors. */
export interface CallPlace {
  readonly engine: string;
  readonly request: string;
  readonly timeoutMs: number;
  /** The connection is a stream of an agent's tunnel. */
  readonly isTunnel?: boolean;
}

/** The end of one call: by its timeout, by the caller's signal or by closing the client. */
export class Deadline {
  readonly signal: AbortSignal;
  readonly where: CallPlace;
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly gaveUp: Promise<never>;
  private timedOut = false;
  private readonly finish: () => void;

  constructor(where: CallPlace, ...signals: (AbortSignal | undefined)[]) {
    this.where = where;
    this.signal = this.controller.signal;
    this.timer = setTimeout(() => {
      this.timedOut = true;
      this.controller.abort();
    }, where.timeoutMs);
    const abort = () => this.controller.abort();
    const sources = signals.filter((signal) => signal !== undefined);
    for (const signal of sources) {
      if (signal.aborted) abort();
      signal.addEventListener("abort", abort);
    }
    this.gaveUp = new Promise((_, reject) => {
      const stop = () => reject(new Error("given up"));
      if (this.signal.aborted) stop();
      this.signal.addEventListener("abort", stop);
    });
    this.gaveUp.catch(() => {});
    this.finish = () => {
      clearTimeout(this.timer);
      for (const signal of sources) signal.removeEventListener("abort", abort);
    };
  }

  /** A request still waiting in the connection pool ends with its deadline too. */
  race<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.gaveUp]);
  }

  /** Destroys the response when the call ends early: a request signal no longer reaches it. */
  guard(answer: IncomingMessage): IncomingMessage {
    const stop = () => answer.destroy();
    if (this.signal.aborted) stop();
    this.signal.addEventListener("abort", stop, { once: true });
    return answer;
  }

  disarm(): void {
    clearTimeout(this.timer);
  }

  end(): void {
    this.finish();
    // Whatever is still open belongs to a call nobody waits for.
    this.controller.abort();
  }

  /** The AppError for whatever ended the call. */
  explain(error: unknown): Error {
    if (isAppError(error)) return error;
    if (error instanceof EngineFailure) return toAppError(error);
    if (this.timedOut) {
      return toAppError(
        new EngineFailure("timeout", this.where, { text: `no answer within ${this.where.timeoutMs} ms` }),
      );
    }
    if (this.signal.aborted) {
      return toAppError(new EngineFailure("aborted", this.where, { text: "given up", cause: error }));
    }
    const code = (error as NodeJS.ErrnoException).code ?? null;
    // An answer that breaks off is told by HTTP alone, which does not know why.
    const errno = this.where.isTunnel === true && code === "ECONNRESET" ? tunnelErrnos.lost : code;
    const text = error instanceof Error ? error.message : String(error);
    const kind = errno !== null && neverSent.has(errno) ? "unreachable" : "broken";
    return toAppError(new EngineFailure(kind, this.where, { text, errno, cause: error }));
  }
}

/** Errors of connecting: the request never left. */
const neverSent = new Set([
  "ECONNREFUSED",
  "ENOENT",
  "ENOTDIR",
  "EACCES",
  "EPERM",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EHOSTDOWN",
  tunnelErrnos.offline,
]);
