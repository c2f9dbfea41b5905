import { type LogBatch, LogDecoder, type LogState } from "#lib/shared/logs/log-frames.ts";
import type { LogLine, LogTarget, LogTask } from "#lib/shared/logs/log-line.ts";
import type { ServerFrame } from "#lib/shared/topics.ts";
import { openSocket } from "./viewer.ts";

/** A log page's live socket without the page. */
export interface LogViewer {
  /** Every line, in the order they came. */
  readonly lines: readonly LogLine[];
  readonly states: readonly LogState[];
  readonly tasks: ReadonlyMap<string, LogTask>;
  /** Lines the server left out for this reader. */
  missed(): number;
  close(): void;
}

/** Opens `/ws` and follows the log of a target. The caller closes it. */
export async function followLog(
  url: string,
  headers: Readonly<Record<string, string>>,
  target: LogTarget,
): Promise<LogViewer> {
  const socket = await openSocket(url, headers);
  const decoder = new LogDecoder();
  const lines: LogLine[] = [];
  const states: LogState[] = [];
  const tasks = new Map<string, LogTask>();
  let missed = 0;
  const take = (batch: LogBatch) => {
    missed += batch.missed ?? 0;
    if (batch.state) states.push(batch.state);
    for (const task of batch.tasks ?? []) tasks.set(task.id, task);
    for (const line of decoder.decode(batch)) lines.push(line);
  };
  socket.on("message", (data) => {
    const frame = JSON.parse(String(data)) as ServerFrame;
    if (frame.type === "log") take(frame.batch);
  });
  socket.send(JSON.stringify({ type: "subscribe", sub: 1, topic: "logs", cluster: "local", target }));
  return { lines, states, tasks, missed: () => missed, close: () => socket.close() };
}
