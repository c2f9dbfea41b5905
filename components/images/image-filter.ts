import type { ImageItem } from "#lib/shared/images/types.ts";

/** What narrows the list of images; held in the address bar. */
export interface ImageFilter {
  readonly text: string;
  /** Names of nodes; empty: all. */
  readonly nodes: readonly string[];
  readonly unused: boolean;
  readonly dangling: boolean;
}

/** Reads the filter from the query of the address. */
export function readImageFilter(query: URLSearchParams): ImageFilter {
  return {
    text: query.get("q") ?? "",
    nodes: query.getAll("node"),
    unused: query.get("unused") === "1",
    dangling: query.get("dangling") === "1",
  };
}

/** The filter as query of an address; empty when nothing is narrowed. */
export function writeImageFilter(filter: ImageFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.text !== "") query.set("q", filter.text);
  for (const node of filter.nodes) query.append("node", node);
  if (filter.unused) query.set("unused", "1");
  if (filter.dangling) query.set("dangling", "1");
  return query;
}

/** What people call it: its first tag, else its repository and the first digits of its id. */
export function imageName({ tags, digests, id }: Pick<ImageItem, "tags" | "digests" | "id">): string {
  return tags[0] ?? digests[0]?.split("@")[0] ?? shortId(id);
}

/** The digits that Docker shows of an id. */
export function shortId(id: string): string {
  return id.slice(7, 19);
}

/** No container was made from it, no service names it or could go back to it. */
export function isUnused({ nodes, services, rollbacks }: ImageItem): boolean {
  return services.length + rollbacks.length === 0 && nodes.every(({ containers }) => containers === 0);
}

/** Images that match: every word of the text, one of the nodes, and what is switched on. */
export function filterImages(items: readonly ImageItem[], filter: ImageFilter): readonly ImageItem[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    if (filter.unused && !isUnused(item)) return false;
    if (filter.dangling && !item.dangling) return false;
    if (filter.nodes.length > 0 && !item.nodes.some(({ name }) => filter.nodes.includes(name))) return false;
    const services = [...item.services, ...item.rollbacks].map(({ name }) => name);
    const text = [item.id, ...item.tags, ...item.digests, ...services].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
