import type { Engine } from "#lib/server/docker/engine.ts";
import { logEntries } from "#lib/server/docker/log-lines.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareLines, type LogLine, type LogTarget } from "#lib/shared/logs/log-line.ts";
import { inspectTarget } from "./inspect-target.ts";

/** Which part of a log is read at once. */
export interface LogQuery {
  /** Lines of each task, newest first counted. */
  readonly tail: number;
  /** ms since 1970; null: as far as `tail` goes. */
  readonly since: number | null;
  readonly streams: readonly LogLine["stream"][];
  /** Bytes kept of one line. */
  readonly longest: number;
}

/** Lines in order of time. */
export interface LogPage {
  readonly lines: readonly LogLine[];
  /** Lines were left out at the start: there were more than one answer may hold. */
  readonly isCut: boolean;
  /** What the engine said about lines it could not give. */
  readonly notices: readonly string[];
}

/** What one answer may hold. */
const [maxLines, maxChars] = [200_000, 96 * 1024 * 1024];
/** Tasks read at the same time, and how long one may say nothing, ms. */
const [together, silentMs] = [6, 10_000];

/**
 * Reads what is there now, task by task: asked for a whole service the engine sometimes leaves a task out and never
 * ends the answer (20.10, measured: about every second time at 1,000 lines of 6 tasks on 3 nodes).
 * Throws not_found and what the engine throws.
 */
export async function readLog(
  engine: Engine,
  target: LogTarget,
  query: LogQuery,
  signal: AbortSignal,
): Promise<LogPage> {
  const { tty, taskIds } = await inspectTarget(engine, target);
  const page = new PageBuilder();
  const waiting = [...taskIds];
  const worker = async () => {
    for (let id = waiting.shift(); id !== undefined && !page.isFull; id = waiting.shift()) {
      await readOne(
        engine,
        { kind: target.kind === "container" ? "container" : "task", id },
        tty,
        query,
        signal,
        page,
      );
    }
  };
  await Promise.all(Array.from({ length: together }, worker));
  return page.finish();
}

/** The lines of all tasks, up to what one answer may hold. */
class PageBuilder {
  private readonly lines: LogLine[] = [];
  private readonly notices: string[] = [];
  private chars = 0;

  get isFull(): boolean {
    return this.lines.length >= maxLines || this.chars >= maxChars;
  }

  add(line: LogLine): void {
    this.lines.push(line);
    this.chars += line.text.length + 100;
  }

  notice(text: string): void {
    if (!this.notices.includes(text)) this.notices.push(text);
  }

  finish(): LogPage {
    return { lines: this.lines.sort(compareLines), isCut: this.isFull, notices: this.notices };
  }
}

async function readOne(
  engine: Engine,
  { kind, id }: LogTarget,
  tty: boolean,
  { tail, since, streams, longest }: LogQuery,
  signal: AbortSignal,
  page: PageBuilder,
): Promise<void> {
  const silence = new AbortController();
  const giveUp = () => silence.abort();
  let timer = setTimeout(giveUp, silentMs);
  const bytes = engine.stream(`/${kind}s/${encodeURIComponent(id)}/logs`, {
    query: {
      stdout: Number(streams.includes("stdout") || tty),
      stderr: Number(streams.includes("stderr")),
      timestamps: 1,
      details: 1,
      tail,
      ...(since !== null && { since: Math.floor(since / 1000) }),
    },
    signal: AbortSignal.any([signal, silence.signal]),
  });
  try {
    for await (const entry of logEntries(bytes, { tty, longest, taskId: id })) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, silentMs);
      if (entry.kind === "notice") page.notice(entry.text);
      else if (since === null || entry.line.at >= since) page.add(entry.line);
      if (page.isFull) return;
    }
    if (silence.signal.aborted) page.notice(silent(id));
  } catch (error) {
    // A task that swarm has forgotten meanwhile has no log either.
    if (isAppError(error) && error.code === "not_found") return;
    if (!isAppError(error) || error.code !== "engine_timeout") throw error;
    page.notice(silent(id));
  } finally {
    clearTimeout(timer);
  }
}

const silent = (taskId: string) => t("logs.notice.taskSilent", { task: taskId.slice(0, 12) });
