import type { NetworkRow } from "#lib/shared/networks/types.ts";

/** What narrows the list of networks; held in the address bar. */
export interface NetworkFilter {
  readonly text: string;
  /** Each empty: all. */
  readonly drivers: readonly string[];
  readonly scopes: readonly string[];
  /** Names of nodes: their own networks, and those of the swarm that somebody there is on. */
  readonly nodes: readonly string[];
  readonly unused: boolean;
}

/** Reads the filter from the query of the address. */
export function readNetworkFilter(query: URLSearchParams): NetworkFilter {
  return {
    text: query.get("q") ?? "",
    drivers: query.getAll("driver"),
    scopes: query.getAll("scope"),
    nodes: query.getAll("node"),
    unused: query.get("unused") === "1",
  };
}

/** The filter as query of an address; empty when nothing is narrowed. */
export function writeNetworkFilter(filter: NetworkFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.text !== "") query.set("q", filter.text);
  for (const driver of filter.drivers) query.append("driver", driver);
  for (const scope of filter.scopes) query.append("scope", scope);
  for (const node of filter.nodes) query.append("node", node);
  if (filter.unused) query.set("unused", "1");
  return query;
}

function haystack(row: NetworkRow): string {
  const labels = Object.entries(row.labels).map(([key, value]) => `${key}=${value}`);
  const users = [...row.usedBy, ...row.previousServices, ...row.containers].map(({ name }) => name);
  return [row.name, row.id, row.driver, row.nodeName, row.stack, ...row.subnets, ...labels, ...users]
    .join(" ")
    .toLowerCase();
}

/** Networks that match: every word of the text, and one of each kind that is chosen. */
export function filterNetworks(
  rows: readonly NetworkRow[],
  { text, drivers, scopes, nodes, unused }: NetworkFilter,
): readonly NetworkRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const isOne = (chosen: readonly string[], ...values: readonly string[]) =>
    chosen.length === 0 || values.some((value) => chosen.includes(value));
  return rows.filter((row) => {
    if (unused && !row.isUnused) return false;
    if (!isOne(drivers, row.driver) || !isOne(scopes, row.scope)) return false;
    if (!isOne(nodes, ...row.presentOn)) return false;
    const found = haystack(row);
    return words.every((word) => found.includes(word));
  });
}

/**
 * How each row is called in an address: its name, and the id where its place has two of that name. Never the start of an
 * id, which is no name.
 */
export function networkRefs(rows: readonly NetworkRow[]): (row: NetworkRow) => string {
  const names = Map.groupBy(rows, ({ nodeId, name }) => `${nodeId ?? ""} ${name}`);
  return ({ id, nodeId, name }) => ((names.get(`${nodeId ?? ""} ${name}`)?.length ?? 0) > 1 ? id : name);
}
