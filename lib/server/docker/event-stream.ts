import { StringDecoder } from "node:string_decoder";
import type { DockerEvent } from "./wire.ts";

/** No event is larger; a line that grows beyond it means the stream is not what we think. */
const longestLine = 4 * 1024 * 1024;

/**
 * Splits a stream of bytes into lines, whatever the chunks: a chunk may end inside a character or hold many lines.
 * Empty lines are dropped; a last line without its end is not delivered (the stream was cut inside it).
 * Throws when a line exceeds 4 MB.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  for await (const chunk of chunks) {
    rest += decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    let start = 0;
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n", start)) {
      const line = rest.slice(start, end).trim();
      start = end + 1;
      if (line !== "") yield line;
    }
    rest = rest.slice(start);
    if (rest.length > longestLine) throw new Error("a line of the stream exceeds 4 MB");
  }
}

/** Reads one line of /events; null for anything that is not an event. Ignores the legacy fields status, id and from. */
export function parseEvent(line: string): DockerEvent | null {
  let nano = "";
  let value: unknown;
  try {
    value = JSON.parse(line, (key, part: unknown, context?: { source?: string }) => {
      if (key === "timeNano" && typeof part === "number") nano = context?.source ?? String(part);
      return part;
    });
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const raw = value as Record<string, unknown>;
  const actor = (typeof raw.Actor === "object" && raw.Actor !== null ? raw.Actor : {}) as Record<
    string,
    unknown
  >;
  if (typeof raw.Type !== "string" || typeof raw.Action !== "string") return null;
  return {
    Type: raw.Type,
    Action: raw.Action,
    Actor: { ID: typeof actor.ID === "string" ? actor.ID : "", Attributes: textRecord(actor.Attributes) },
    scope: typeof raw.scope === "string" ? raw.scope : "local",
    timeMs: typeof raw.time === "number" ? raw.time * 1000 : 0,
    timeNano: nano,
  };
}

function textRecord(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(entries);
}

/** `1795238523123456789` ns as the `1795238523.123456789` that `since=` wants. */
export function sinceParameter(nano: string): string {
  if (!/^\d{10,}$/.test(nano)) throw new RangeError(`not a time in nanoseconds: ${nano}`);
  return `${nano.slice(0, -9)}.${nano.slice(-9)}`;
}
