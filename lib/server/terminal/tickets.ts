import { createHash, randomBytes } from "node:crypto";

/** Single-use tickets that are good for a short time. Only their hashes are kept. */
export interface Tickets<T> {
  /** Answers the ticket for `value`. */
  issue(value: T): string;
  /** The value, the first time and in time; null ever after. */
  redeem(ticket: string): T | null;
  /** Tickets that can still be used. */
  count(matches?: (value: T) => boolean): number;
}

export function createTickets<T>(lifeMs: number, now: () => number): Tickets<T> {
  const open = new Map<string, { readonly value: T; readonly until: number }>();
  const prune = () => {
    for (const [key, { until }] of open) if (until <= now()) open.delete(key);
  };
  return {
    issue(value) {
      prune();
      const ticket = randomBytes(32).toString("base64url");
      open.set(hashOf(ticket), { value, until: now() + lifeMs });
      return ticket;
    },
    redeem(ticket) {
      prune();
      const key = hashOf(ticket);
      const found = open.get(key);
      open.delete(key);
      return found?.value ?? null;
    },
    count(matches = () => true) {
      prune();
      return [...open.values()].filter(({ value }) => matches(value)).length;
    },
  };
}

/** What is compared instead of a secret: equal texts take no time that tells anything about them. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}
