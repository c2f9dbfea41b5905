import { parseExactly } from "#lib/shared/lossless-json.ts";
import { sameValue } from "#lib/shared/same-value.ts";
import { settled } from "./settled-spec.ts";

/**
 * Do two specifications (JSON texts) say the same? The order of keys and how a character is escaped do not count, and
 * absent, null, empty and the engine's own default are the same: engines of one swarm differ in which of them they
 * write, and the docker command leaves out what an engine adds.
 */
export function sameSpec(a: string, b: string): boolean {
  return a === b || sameValue(settled(parseExactly(a)), settled(parseExactly(b)));
}
