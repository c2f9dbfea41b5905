import { compare, getRounds, hash } from "bcryptjs";
import { slowDown } from "./sign-in-limiter.ts";

/** Passwords as bcrypt hashes ($2a$, $2b$, $2y$). */
export interface Passwords {
  hash(password: string): Promise<string>;
  /**
   * Is it the password of this hash? Null stands for an account that is not there: the answer is no and takes
   * as long as a real one.
   */
  matches(password: string, hash: string | null): Promise<boolean>;
  /** True when the hash was made with less work than new ones are. */
  isWeak(hash: string): boolean;
}

/** Work of new hashes: 11 is about 0.2 s of one core (2026). */
const defaultCost = 11;
/** A hash of the highest cost would occupy a core for days; somebody may configure one by mistake. */
export const mostCost = 15;
const atOnce = 2;
const mostWaiting = 50;

/** `cost` is for tests. Throws slow_down when too many wait; at most two passwords are worked on at once. */
export function createPasswords(cost: number = defaultCost): Passwords {
  const inTurn = createTurns(atOnce, mostWaiting);
  let dummy: Promise<string> | undefined;

  async function compareWithDummy(password: string): Promise<void> {
    dummy ??= hash("nobody has this password", cost);
    await compare(password, await dummy);
  }

  return {
    hash: (password) => inTurn(() => hash(password, cost)),
    isWeak: (known) => getRounds(known) < cost,
    matches: (password, known) =>
      inTurn(async () => {
        const right = known !== null && (await compare(password, known));
        // A hash that htpasswd made with little work must not be told apart by its quick answer.
        if (known === null || getRounds(known) < cost) await compareWithDummy(password);
        return right;
      }),
  };
}

/** Runs at most `limit` tasks at once, in order of arrival; with `mostWaiting` in the queue it refuses. */
function createTurns(limit: number, mostWaiting: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (running >= limit) {
      if (waiting.length >= mostWaiting) throw slowDown(2_000);
      // Whoever finishes hands over its place, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
