/**
 * Pauses between tries, ms: doubling from `firstMs` to `maxMs`, each shortened at random by up to half, so that many
 * clients of a returning engine do not come at the same moment.
 */
export function createBackoff(firstMs: number, maxMs: number, random: () => number = Math.random) {
  let next = firstMs;
  return {
    next(): number {
      const pause = Math.min(next, maxMs);
      next = Math.min(next * 2, maxMs);
      return Math.round(pause * (1 - random() / 2));
    },
    reset(): void {
      next = firstMs;
    },
  };
}
