interface Bucket {
  tokens: number;
  at: number;
  skipped: number;
}

/** Most services whose budget is remembered. */
const mostServices = 2_000;

/**
 * How many failures of one service are looked at: some at once, then one every so often. What is left out is counted,
 * and told with the next one that is not.
 */
export function createFailureBudget({ burst = 5, everyMs = 20_000, now = Date.now } = {}) {
  const buckets = new Map<string, Bucket>();

  function bucketOf(service: string): Bucket {
    const known = buckets.get(service);
    if (known) return known;
    const oldest = buckets.keys().next().value;
    if (buckets.size >= mostServices && oldest !== undefined) buckets.delete(oldest);
    const made = { tokens: burst, at: now(), skipped: 0 };
    buckets.set(service, made);
    return made;
  }

  return {
    /** How many were left out since the last one that was taken; null: leave this one out, too. */
    take(service: string): number | null {
      const bucket = bucketOf(service);
      bucket.tokens = Math.min(burst, bucket.tokens + (now() - bucket.at) / everyMs);
      bucket.at = now();
      if (bucket.tokens < 1) {
        bucket.skipped += 1;
        return null;
      }
      bucket.tokens -= 1;
      const { skipped } = bucket;
      bucket.skipped = 0;
      return skipped;
    },
    /** Leaves one out for another reason. */
    miss(service: string): null {
      bucketOf(service).skipped += 1;
      return null;
    },
  };
}
