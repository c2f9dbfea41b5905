import { parseExactly } from "#lib/shared/lossless-json.ts";
import { sameValue } from "#lib/shared/same-value.ts";

/**
 * Do two specifications (JSON texts) say the same? The order of keys and how a character is escaped do not count, and
 * absent, null and empty are the same: engines of one swarm differ in which of them they write.
 */
export function sameSpec(a: string, b: string): boolean {
  return a === b || sameValue(parseExactly(a), parseExactly(b));
}
