import type { IncomingMessage } from "node:http";
import { text as readText } from "node:stream/consumers";
import type { Deadline } from "./deadline.ts";
import { EngineFailure, tunnelErrnos } from "./errors.ts";

/** Answers of lists reach tens of megabytes at 50,000 tasks; beyond this something is wrong. */
const longestAnswer = 512 * 1024 * 1024;

/** The failure that an answer with another status than a good one is. */
export async function refusal(answer: IncomingMessage, deadline: Deadline): Promise<EngineFailure> {
  const text = sentenceOf(await deadline.race(readText(limited(deadline.guard(answer)))));
  return new EngineFailure("answered", deadline.where, { status: answer.statusCode ?? 0, text });
}

/** The connection was kept alive, and closed by the engine at that very moment. */
export function closedWhileIdle(error: unknown): boolean {
  const failure = error instanceof Error ? error.cause : null;
  if (!(failure instanceof EngineFailure) || failure.kind !== "broken") return false;
  return [tunnelErrnos.lost, "ECONNRESET", "EPIPE"].includes(failure.errno ?? "");
}

/** The bytes of an answer. Throws when there are too many. */
export async function* limited(answer: IncomingMessage): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longestAnswer) throw new Error("the answer exceeds 512 MB");
    yield chunk;
  }
}

/** Docker's errors are `{"message": …}`; proxies answer with pages. */
function sentenceOf(body: string): string {
  try {
    const value = JSON.parse(body) as { message?: unknown };
    if (typeof value?.message === "string") return value.message.trim();
  } catch {
    // Not JSON: the text itself is all there is.
  }
  return body.trim().slice(0, 500);
}
