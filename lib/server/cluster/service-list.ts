import type { WireService } from "#lib/server/docker/wire.ts";
import type { Query, SwarmReads } from "./reads.ts";

/** Services, and the answer they were parsed from. */
export interface ServiceList {
  readonly services: readonly WireService[];
  readonly text: string;
}

/** Services with their counts. An answer that is word for word as the one `before` gives the same objects again. */
export async function readServiceList(
  reads: Pick<SwarmReads, "getWithText">,
  query: Query = {},
  before?: ServiceList,
): Promise<ServiceList> {
  const all = { status: true, ...query };
  const known = before && { value: before.services, text: before.text };
  const { value, text } = await reads.getWithText<readonly WireService[] | null>("/services", all, known);
  return { services: value ?? [], text };
}
