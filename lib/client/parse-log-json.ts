import type { LogLine } from "#lib/shared/logs/log-line.ts";

interface JsonLine {
  readonly time?: unknown;
  readonly taskId?: unknown;
  readonly nodeId?: unknown;
  readonly stream?: unknown;
  readonly text?: unknown;
  readonly cut?: unknown;
  readonly notice?: unknown;
}

/** Reads what the API answers with format=json: an object for each line, notices among them. */
export function parseJsonLine(body: string): { lines: LogLine[]; notices: string[] } {
  const lines: LogLine[] = [];
  const notices: string[] = [];
  for (const row of body.split("\n")) {
    if (row === "") continue;
    const value = JSON.parse(row) as JsonLine;
    if (typeof value.notice === "string") notices.push(value.notice);
    else lines.push(toLine(value));
  }
  return { lines, notices };
}

function toLine({ time, taskId, nodeId, stream, text, cut }: JsonLine): LogLine {
  const said = String(time);
  return {
    taskId: String(taskId),
    nodeId: String(nodeId),
    stream: stream === "stderr" ? "stderr" : "stdout",
    // Milliseconds, then the six digits after them.
    at: Date.parse(`${said.slice(0, 23)}Z`),
    nanos: Number(said.slice(23, 29)),
    text: String(text),
    cut: Number(cut),
  };
}
