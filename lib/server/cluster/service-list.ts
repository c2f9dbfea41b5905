import type { WireService } from "#lib/server/docker/wire.ts";
import type { Query, SwarmReads } from "./reads.ts";

/** Services with their counts, and the answer they were parsed from. */
export async function readServiceList(reads: Pick<SwarmReads, "getWithText">, query: Query = {}) {
  const all = { status: true, ...query };
  const { value, text } = await reads.getWithText<WireService[] | null>("/services", all);
  return { services: value ?? [], text };
}
