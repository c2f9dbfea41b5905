import type { WireService } from "#lib/server/docker/wire.ts";
import type { Query, SwarmReads } from "./reads.ts";

/** Services as the engine told them, and the text that each was parsed from. */
export interface ServiceList {
  readonly services: readonly WireService[];
  readonly texts: readonly string[];
}

/** Reads services with their counts. One that is word for word what it was in the last list of all is the same object again. */
export class ServiceLists {
  readonly #reads: Pick<SwarmReads, "listWithTexts">;
  #known: ReadonlyMap<string, WireService> = new Map();

  constructor(reads: Pick<SwarmReads, "listWithTexts">) {
    this.#reads = reads;
  }

  /** `ids`: those that are wanted; null: all of them. */
  async read(ids: readonly string[] | null): Promise<ServiceList> {
    const query: Query = { status: true, ...(ids && { filters: { id: ids } }) };
    const told = await this.#reads.listWithTexts<WireService>("/services", query, this.#known);
    if (ids === null) this.#known = new Map(told.map(({ text, value }) => [text, value]));
    return { services: told.map(({ value }) => value), texts: told.map(({ text }) => text) };
  }
}
