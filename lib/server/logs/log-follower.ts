import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import { createBackoff } from "#lib/server/cluster/backoff.ts";
import type { Engine } from "#lib/server/docker/engine.ts";
import { logEntries } from "#lib/server/docker/log-lines.ts";
import { type AppError, isAppError } from "#lib/shared/errors.ts";
import type { LogState } from "#lib/shared/logs/log-frames.ts";
import type { LogLine, LogTarget } from "#lib/shared/logs/log-line.ts";
import { KnownLines } from "./known-lines.ts";
import { LineRing } from "./line-ring.ts";

/** Lines a stream begins with, of each task; also of a task that starts while it is followed (measured). */
const tail = 200;
/** Lines of a new task after which the ones before its first 200 may be missing: its log is read from the start. */
const startedWithMany = tail - 10;
/** How long before an interruption a task counts as writing, ms; also the clock differences between nodes we bear. */
const activeMs = 30_000;
/** A new stream has told the old lines by then, ms. */
const catchUpMs = 15_000;

export interface TargetFacts {
  /** It writes to a terminal: its log has no frames. */
  readonly tty: boolean;
  /** A task that is over: its log ends. */
  readonly isOver: boolean;
  /** Tasks that had started: what is new later may have written more than a stream begins with. */
  readonly started: ReadonlySet<string>;
  /** Its tasks that were given to a node, earlier ones too. */
  readonly taskIds: readonly string[];
}

/** What is left of the log of something that is gone. */
export interface KeptLog {
  readonly lines: readonly LogLine[];
  readonly notice: string;
}

export interface FollowerOptions {
  readonly target: LogTarget;
  /** The engine that has this log, as it answers now. Throws AppError. */
  readonly engine: () => Promise<Engine>;
  /** Facts of the target. Throws not_found when it is gone. */
  readonly inspect: (engine: Engine) => Promise<TargetFacts>;
  /** All lines of one task, as far as they are kept. */
  readonly readTask: (taskId: string, signal: AbortSignal) => Promise<readonly LogLine[]>;
  /** What was kept of a target that is gone, and a sentence about it; null: nothing. */
  readonly kept: () => KeptLog | null;
  readonly log: Logger;
  readonly maxLines?: number;
  readonly maxBytes?: number;
}

/**
 * Follows the log of one target for everybody who looks at it: one stream of the engine, opened again whenever it
 * ends, and the newest lines. It runs until `stop`.
 */
export class LogFollower {
  readonly ring: LineRing;
  private readonly options: FollowerOptions;
  private readonly known = new KnownLines();
  private readonly listeners = new Set<() => void>();
  private readonly abort = new AbortController();
  /** Lines seen of tasks that started while they are followed; null once their whole log was read. */
  private readonly young = new Map<string, number | null>();
  private started: ReadonlySet<string> = new Set();
  private current: LogState = { state: "connecting", since: Date.now(), why: null };

  constructor(options: FollowerOptions) {
    this.options = options;
    this.ring = new LineRing(options.maxLines ?? 20_000, options.maxBytes ?? 24 * 1024 * 1024);
    void this.run();
  }

  state(): LogState {
    return this.current;
  }

  /** Hears of new lines and states; the answer ends it. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  stop(): void {
    this.abort.abort();
    this.listeners.clear();
  }

  private async run(): Promise<void> {
    const backoff = createBackoff(300, 5_000);
    const { signal } = this.abort;
    let interruptedAt: number | null = null;
    while (!signal.aborted) {
      const openedAt = Date.now();
      try {
        const { isOver } = await this.follow(interruptedAt);
        if (isOver) return this.endGone(null);
        this.setState("interrupted", null);
      } catch (error) {
        if (isAppError(error) && error.code === "not_found") return this.endGone(error.message);
        if (!isAppError(error)) this.options.log.error({ err: error }, "following a log failed");
        this.setState("interrupted", isAppError(error) ? sentenceOf(error) : null);
      }
      interruptedAt ??= Date.now();
      // A stream that lasted was a good one: the next try need not wait.
      if (Date.now() - openedAt > 10_000) {
        backoff.reset();
        interruptedAt = Date.now();
      }
      await delay(backoff.next(), undefined, { signal }).catch(() => undefined);
    }
  }

  /** Answers what the target was when its stream was opened, once that has ended. */
  private async follow(interruptedAt: number | null): Promise<TargetFacts> {
    const { target, inspect } = this.options;
    const engine = await this.options.engine();
    const facts = await inspect(engine);
    if (this.ring.end === 0) this.started = facts.started;
    const from = interruptedAt === null ? null : this.resumeFrom(interruptedAt - activeMs);
    if (from !== null) this.known.reopened();
    const bytes = engine.stream(`/${target.kind}s/${encodeURIComponent(target.id)}/logs`, {
      query: {
        stdout: 1,
        stderr: 1,
        follow: 1,
        timestamps: 1,
        details: 1,
        ...(from === null ? { tail } : { tail: "all", since: Math.floor(from / 1000) }),
      },
      signal: this.abort.signal,
      onOpen: () => this.setState("following", null),
    });
    const catchUp = setTimeout(() => this.known.caughtUp(), catchUpMs);
    try {
      for await (const entry of logEntries(bytes, {
        tty: facts.tty,
        taskId: target.kind === "service" ? "" : target.id,
      })) {
        if (entry.kind === "line") this.take(entry.line);
        else this.setState("following", entry.text);
      }
    } finally {
      clearTimeout(catchUp);
    }
    return facts;
  }

  /** Nothing more comes. Where nothing was read either, what was kept is told, or why there is nothing. */
  private endGone(why: string | null): void {
    const isRead = this.ring.end > 0;
    const kept = isRead ? null : this.options.kept();
    for (const line of kept?.lines ?? []) this.take(line);
    this.setState("ended", isRead ? null : (kept?.notice ?? why));
  }

  /** Where a stream that is opened again begins, ms; null while nothing was read: as the first one. */
  private resumeFrom(activeSince: number): number | null {
    return this.ring.end === 0 ? null : (this.known.resumeFrom(activeSince) ?? activeSince);
  }

  private take(line: LogLine): void {
    if (!this.known.isNew(line)) return;
    this.ring.push(line);
    this.tell();
    if (this.options.target.kind === "service" && !this.started.has(line.taskId))
      this.countYoung(line.taskId);
  }

  /** Docker gives the last 200 lines of a task that starts while it is followed: one that began with more is read again. */
  private countYoung(taskId: string): void {
    const seen = this.young.get(taskId);
    if (seen === null) return;
    const count = (seen ?? 0) + 1;
    this.young.set(taskId, count < startedWithMany ? count : null);
    if (count < startedWithMany) return;
    this.known.rememberAll(taskId);
    this.options
      .readTask(taskId, this.abort.signal)
      .then((lines) => {
        for (const line of lines) this.take(line);
      })
      .catch((error: unknown) => {
        if (!isAppError(error)) this.options.log.error({ err: error }, "reading a task's log failed");
      })
      .finally(() => this.known.forget(taskId));
  }

  private setState(state: LogState["state"], why: string | null): void {
    if (this.abort.signal.aborted) return;
    if (this.current.state === state && this.current.why === why) return;
    this.current = { state, why, since: Date.now() };
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

function sentenceOf(error: AppError): string {
  return error.engineText ?? error.message;
}
