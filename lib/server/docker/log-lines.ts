import { type LogLine, longestLine } from "#lib/shared/logs/log-line.ts";
import { EngineFailure, toAppError } from "./errors.ts";

/** What a log stream says: a line, or a sentence of the engine about lines it cannot give. */
export type LogEntry =
  | { readonly kind: "line"; readonly line: LogLine }
  | { readonly kind: "notice"; readonly text: string };

export interface LogReading {
  /** The container has a terminal: its bytes come without frames, as stdout. */
  readonly tty: boolean;
  /** For task logs of an engine that leaves the task out of the details. */
  readonly taskId?: string;
  /** Bytes kept of one line. */
  readonly longest?: number;
}

/** Frames are 16 KB at most; more means that the stream is not what we think. */
const longestFrame = 4 * 1024 * 1024;
const newline = 0x0a;
const space = 0x20;
/** The second byte stream of Docker's frames; 3 is the engine's own voice. */
const [stderrFrame, systemFrame] = [2, 3];

interface Frame {
  readonly type: number;
  readonly bytes: Buffer;
}

/**
 * Reads the logs of a service or a task, asked for with timestamps and details, whatever the chunks. Docker cuts lines
 * at 16 KB and repeats time and details before each piece: pieces are joined again. Order is the engine's: by time
 * within a task, not between tasks (swarm-facts §6).
 */
export async function* logEntries(
  chunks: AsyncIterable<Uint8Array>,
  { tty, taskId = "", longest = longestLine }: LogReading,
): AsyncGenerator<LogEntry> {
  const pieces = new Map<string, OpenLine>();
  for await (const { type, bytes } of tty ? rawLines(chunks) : framesOf(chunks)) {
    if (type === systemFrame) {
      yield { kind: "notice", text: bytes.toString("utf8").trim() };
      continue;
    }
    const head = readHead(bytes, taskId);
    if (head === null) {
      yield { kind: "notice", text: bytes.toString("utf8").trim() };
      continue;
    }
    const stream = type === stderrFrame ? "stderr" : "stdout";
    const key = `${head.taskId} ${stream}`;
    const open = pieces.get(key) ?? new OpenLine({ ...head, stream }, longest);
    const ended = bytes.at(-1) === newline;
    open.add(bytes.subarray(head.length, ended ? -1 : undefined));
    if (ended) {
      pieces.delete(key);
      yield { kind: "line", line: open.close() };
    } else pieces.set(key, open);
  }
  // A last line without its end: all there will ever be of it.
  for (const open of pieces.values()) yield { kind: "line", line: open.close() };
}

type LineHead = Pick<LogLine, "taskId" | "nodeId" | "stream" | "at" | "nanos">;

/** A line of which some pieces have come. */
class OpenLine {
  private readonly head: LineHead;
  private readonly longest: number;
  private readonly parts: Buffer[] = [];
  private size = 0;
  private cut = 0;

  constructor(head: LineHead, longest: number) {
    this.head = head;
    this.longest = longest;
  }

  add(bytes: Buffer): void {
    const kept = bytes.subarray(0, Math.max(0, this.longest - this.size));
    this.cut += bytes.length - kept.length;
    this.size += kept.length;
    // A copy: the chunk it lies in may be large.
    if (kept.length > 0) this.parts.push(Buffer.from(kept));
  }

  close(): LogLine {
    const { taskId, nodeId, stream, at, nanos } = this.head;
    const bytes = this.parts.length === 1 ? this.parts[0] : Buffer.concat(this.parts);
    const text = (bytes ?? Buffer.alloc(0)).toString("utf8").replace(/\r$/, "");
    return { taskId, nodeId, stream, at, nanos, text, cut: this.cut };
  }
}

/** `2026-11-21T05:35:32.291192703Z key=value,key=value ` before every piece; null when it is not there. */
function readHead(bytes: Buffer, taskId: string): (Omit<LineHead, "stream"> & { length: number }) | null {
  const timeEnd = bytes.indexOf(space);
  const detailsEnd = bytes.indexOf(space, timeEnd + 1);
  if (timeEnd < 20 || timeEnd > 40 || detailsEnd < 0) return null;
  const time = parseTime(bytes.toString("latin1", 0, timeEnd));
  if (time === null) return null;
  const details = bytes.toString("utf8", timeEnd + 1, detailsEnd);
  const task = detail(details, "com.docker.swarm.task.id") || taskId;
  return {
    ...time,
    taskId: task,
    nodeId: detail(details, "com.docker.swarm.node.id"),
    length: detailsEnd + 1,
  };
}

function detail(details: string, name: string): string {
  const start = details.startsWith(`${name}=`) ? 0 : details.indexOf(`,${name}=`) + 1;
  if (start === 0 && !details.startsWith(`${name}=`)) return "";
  const from = start + name.length + 1;
  const end = details.indexOf(",", from);
  return details.slice(from, end < 0 ? undefined : end).slice(0, 64);
}

/** A time in RFC 3339 with up to nine digits of a second. */
export function parseTime(text: string): { at: number; nanos: number } | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!match) return null;
  const seconds = Date.parse(`${match[1]}${match[3]}`);
  if (Number.isNaN(seconds)) return null;
  const fraction = Number((match[2] ?? "").padEnd(9, "0"));
  return { at: seconds + Math.floor(fraction / 1e6), nanos: fraction % 1e6 };
}

/** The engine's fault, not ours: whoever reads logs treats it as a stream that broke. */
function noLog(text: string): Error {
  const where = { engine: "The engine", request: "logs", timeoutMs: 0 };
  return toAppError(new EngineFailure("broken", where, { text }));
}

/** Docker's frames: type, three zeros, length (big endian), bytes. Throws AppError when that is not what comes. */
async function* framesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const next = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    rest = rest.length === 0 ? next : Buffer.concat([rest, next]);
    let at = 0;
    while (rest.length - at >= 8) {
      const [type, length] = [rest[at] ?? 0, rest.readUInt32BE(at + 4)];
      if (type > systemFrame || length > longestFrame) throw noLog("the log stream has no frames");
      if (rest.length - at - 8 < length) break;
      yield { type, bytes: rest.subarray(at + 8, at + 8 + length) };
      at += 8 + length;
    }
    rest = rest.subarray(at);
  }
}

/** A terminal's bytes, line by line; a line that never ends is given in pieces. */
async function* rawLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const next = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    rest = rest.length === 0 ? next : Buffer.concat([rest, next]);
    let at = 0;
    for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline, at)) {
      yield { type: 1, bytes: rest.subarray(at, end + 1) };
      at = end + 1;
    }
    rest = rest.subarray(at);
    if (rest.length > longestFrame) throw noLog("a line of the log exceeds 4 MB");
  }
  if (rest.length > 0) yield { type: 1, bytes: rest };
}
