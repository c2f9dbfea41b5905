/** Repeatable chance: the same seed gives the same numbers, whatever machine and day. */
export interface Random {
  /** A number from `low` up to, but not including, `high`. */
  between(low: number, high: number): number;
  /** An id as swarm makes them: 25 characters of base 36. */
  id(): string;
  /** An id as an engine gives containers: 64 hexadecimal digits. */
  hex(): string;
}

/** Starts a sequence (mulberry32: small, fast, and good enough for a play). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const digits = (length: number, base: number) =>
    Array.from({ length }, () => Math.floor(next() * base).toString(base)).join("");
  return {
    between: (low, high) => low + next() * (high - low),
    id: () => digits(25, 36),
    hex: () => digits(64, 16),
  };
}
