import { longestName } from "./limits.ts";

/** A name that ends like this is the version of another: `key_2`, `key-v3`, `key.1a2b3c4d`. */
const ending = /^(?<base>.+?)(?<join>[_.-]v?)(?<suffix>\d{1,6}|[0-9a-f]{6,16})$/;

/**
 * The name for the next version: the same base name with the next free number, or with other random digits where it ended
 * in such. Never made from the content: from a name like that a short secret could be guessed. `random` answers so many
 * hexadecimal digits.
 */
export function nextName(name: string, taken: Iterable<string>, random: (digits: number) => string): string {
  const known = new Set(taken);
  const { base = name, join = "_", suffix = "1" } = ending.exec(name)?.groups ?? {};
  const isNumber = /^\d{1,6}$/.test(suffix);
  for (let step = 1; ; step += 1) {
    const end = join + (isNumber ? String(Number(suffix) + step) : random(suffix.length));
    // What is cut off at the end of a long name may leave one that no name may end with; what follows is a digit.
    const next = base.slice(0, longestName - end.length) + end;
    if (!known.has(next)) return next;
  }
}
