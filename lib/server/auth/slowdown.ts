/** How a key is slowed down: `free` failures cost nothing, then the wait doubles from `firstMs` up to `mostMs`. */
export interface SlowdownRule {
  readonly free: number;
  readonly firstMs: number;
  readonly mostMs: number;
  /** Failures are forgotten this long after the last one. */
  readonly forgetMs: number;
}

interface Entry {
  failures: number;
  lastAt: number;
}

/** Keys remembered at most; beyond that the ones that failed longest ago are forgotten. */
const mostKeys = 10_000;

/** Counts failures by key and says how long the next attempt has to wait. Memory is bounded. */
export function createSlowdown(rule: SlowdownRule, now: () => number) {
  // Insertion order is order of the last failure: the first is the oldest.
  const entries = new Map<string, Entry>();

  function current(key: string): Entry | undefined {
    const entry = entries.get(key);
    if (entry && now() - entry.lastAt >= rule.forgetMs) {
      entries.delete(key);
      return undefined;
    }
    return entry;
  }

  return {
    /** Milliseconds until the next attempt of this key is taken; 0 when at once. */
    waitMs(key: string): number {
      const entry = current(key);
      if (!entry || entry.failures < rule.free) return 0;
      const doubled = rule.firstMs * 2 ** Math.min(entry.failures - rule.free, 40);
      return Math.max(0, entry.lastAt + Math.min(doubled, rule.mostMs) - now());
    },
    /** True when this key has failed lately. */
    hasFailed: (key: string): boolean => current(key) !== undefined,
    fail(key: string): void {
      const failures = (current(key)?.failures ?? 0) + 1;
      entries.delete(key);
      entries.set(key, { failures, lastAt: now() });
      const oldest = entries.size > mostKeys ? entries.keys().next().value : undefined;
      if (oldest !== undefined) entries.delete(oldest);
    },
    /** Takes back one failure. */
    forgive(key: string): void {
      const entry = current(key);
      if (!entry) return;
      entry.failures -= 1;
      if (entry.failures <= 0) entries.delete(key);
    },
    clear: (key: string): void => void entries.delete(key),
    size: (): number => entries.size,
  };
}
