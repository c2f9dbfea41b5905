import { setTimeout as pause } from "node:timers/promises";
import { inspect } from "node:util";

/** How long to wait (30 s when not said) and how often to look (100 ms when not said). */
export interface WaitOptions {
  readonly timeoutMs?: number;
  readonly intervalMs?: number;
}

type Falsy = false | null | undefined | 0 | "";

/**
 * Looks again and again until `look` answers something truthy, and answers that. A look that throws counts as "not
 * yet". When the time is over it rejects with the description and what was last seen: the last answer, or the last
 * error. To say more than `false`, throw: `if (n !== 3) throw new Error(`${n} tasks run`)`.
 */
export async function waitFor<T>(
  description: string,
  look: () => T | Promise<T>,
  { timeoutMs = 30_000, intervalMs = 100 }: WaitOptions = {},
): Promise<Exclude<Awaited<T>, Falsy>> {
  const started = performance.now();
  let lastSeen: unknown = "nothing";
  for (;;) {
    try {
      const seen = await beforeDeadline(look, started + timeoutMs);
      if (seen) return seen as Exclude<Awaited<T>, Falsy>;
      lastSeen = seen;
    } catch (error) {
      // A look that was cut off by the deadline says less than the look before it.
      if (!(error instanceof LookCutOff) || lastSeen === "nothing") lastSeen = error;
    }
    if (performance.now() - started + intervalMs > timeoutMs) break;
    await pause(intervalMs);
  }
  const seen = lastSeen instanceof Error ? lastSeen.message : inspect(lastSeen, { depth: 4 });
  throw new Error(`Waited ${timeoutMs} ms for: ${description}. Last seen: ${seen}`, { cause: lastSeen });
}

class LookCutOff extends Error {}

/** A look at something frozen may never answer: it must not outlive the deadline. */
async function beforeDeadline<T>(look: () => T | Promise<T>, deadline: number): Promise<T> {
  const cutOff = new AbortController();
  try {
    return await Promise.race([
      (async () => look())(),
      pause(Math.max(0, deadline - performance.now()), undefined, { signal: cutOff.signal }).then(() => {
        throw new LookCutOff("a look that had not answered yet");
      }),
    ]);
  } finally {
    cutOff.abort();
  }
}
