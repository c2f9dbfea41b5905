import type { Engine } from "#lib/server/docker/engine.ts";
import { textOf, timeOrNull } from "#lib/server/docker/hostile.ts";
import { logEntries } from "#lib/server/docker/log-lines.ts";
import type { WireContainerInspect } from "#lib/server/docker/wire-container.ts";
import { lastLinesKept, type TaskLastLines } from "#lib/shared/api/last-lines.ts";
import { isAppError } from "#lib/shared/errors.ts";
import type { LogLine } from "#lib/shared/logs/log-line.ts";

/** Bytes kept of one line and of all together, and how long the engine may take, ms. */
const [longest, mostBytes, patienceMs] = [2_048, 64 * 1024, 8_000];

type Read = Pick<TaskLastLines, "at" | "exitCode" | "oomKilled" | "error" | "lines" | "dropped">;

/** What a container that has just ended wrote last, and how it ended. Throws what the engine throws. */
export async function readLastLines(engine: Engine, containerId: string, taskId: string): Promise<Read> {
  const signal = AbortSignal.timeout(patienceMs);
  const path = `/containers/${containerId}`;
  const { State, Config } = (await engine.get<WireContainerInspect | null>(`${path}/json`, { signal })) ?? {};
  const bytes = engine.stream(`${path}/logs`, {
    query: { stdout: 1, stderr: 1, timestamps: 1, details: 1, tail: lastLinesKept },
    signal,
  });
  const lines: LogLine[] = [];
  try {
    for await (const entry of logEntries(bytes, { tty: Config?.Tty === true, longest, taskId })) {
      if (entry.kind === "line") lines.push(entry.line);
    }
  } catch (error) {
    // Some log drivers cannot be read: how it ended is worth keeping all the same.
    if (!isAppError(error)) throw error;
  }
  const kept = fitting(lines);
  return {
    at: timeOrNull(State?.FinishedAt) ?? Date.now(),
    exitCode: Number(State?.ExitCode ?? -1),
    oomKilled: State?.OOMKilled === true,
    error: textOf(State?.Error, 2_048),
    lines: kept,
    dropped: lines.length - kept.length,
  };
}

/** The newest lines that fit. */
function fitting(lines: readonly LogLine[]): readonly LogLine[] {
  let size = 0;
  let from = lines.length;
  while (from > 0) {
    size += Buffer.byteLength(lines[from - 1]?.text ?? "") + 40;
    if (size > mostBytes) break;
    from -= 1;
  }
  return lines.slice(from);
}
