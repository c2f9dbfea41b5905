import type { ResourceItem } from "#lib/shared/api/resource-types.ts";

/** What narrows a list of secrets or configs; held in the address bar. */
export interface ResourceFilter {
  readonly text: string;
  /** Empty: all. */
  readonly stacks: readonly string[];
  /** Only what no service uses. */
  readonly unused: boolean;
}

/** What belongs to no stack, as value of the stack filter: never a possible stack name. */
export const noStack = "-";

/** Reads the filter from the query of the address. */
export function readResourceFilter(query: URLSearchParams): ResourceFilter {
  return {
    text: query.get("q") ?? "",
    stacks: query.getAll("stack"),
    unused: query.get("unused") === "1",
  };
}

/** The filter as query of an address; empty when nothing is narrowed. */
export function writeResourceFilter(filter: ResourceFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.text !== "") query.set("q", filter.text);
  for (const stack of filter.stacks) query.append("stack", stack);
  if (filter.unused) query.set("unused", "1");
  return query;
}

function haystack({ name, stack, labels, usedBy, id }: ResourceItem): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return [name, stack, id, ...pairs, ...usedBy.map((service) => service.name)].join(" ").toLowerCase();
}

/** Items that match: every word of the text, one of the stacks, and unused where that is asked for. */
export function filterResources<Item extends ResourceItem>(
  items: readonly Item[],
  { text, stacks, unused }: ResourceFilter,
): readonly Item[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    if (unused && item.usedBy.length > 0) return false;
    if (stacks.length > 0 && !stacks.includes(item.stack ?? noStack)) return false;
    const found = haystack(item);
    return words.every((word) => found.includes(word));
  });
}
