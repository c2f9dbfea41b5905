import { searchTextOf } from "#components/data/search-text.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ServiceRow } from "./service-rows.ts";

/** What narrows the list of services; held in the address bar so that a view can be shared. Empty list: all. */
export interface ServiceFilter {
  readonly text: string;
  readonly states: readonly string[];
  readonly stacks: readonly string[];
  /** Node names: they read better in an address than ids. */
  readonly nodes: readonly string[];
}

/** Services without a stack, as value of the stack filter: never a possible stack name. */
export const noStack = "-";

/** Reads the filter from the query of the address. */
export function readFilter(query: URLSearchParams): ServiceFilter {
  return {
    text: query.get("q") ?? "",
    states: query.getAll("state"),
    stacks: query.getAll("stack"),
    nodes: query.getAll("node"),
  };
}

/** The filter as query of an address; empty when nothing is narrowed. */
export function writeFilter(filter: ServiceFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.text !== "") query.set("q", filter.text);
  for (const state of filter.states) query.append("state", state);
  for (const stack of filter.stacks) query.append("stack", stack);
  for (const node of filter.nodes) query.append("node", node);
  return query;
}

/** Everything the text filter looks in. */
export const searchText = searchTextOf(({ service, health, cause }: ServiceRow) => {
  const { image } = service;
  const version = `${image.name}:${image.tag ?? ""}`;
  return `${service.name} ${service.stack ?? ""} ${version} ${say(t, health.word)} ${cause}`.toLowerCase();
});

/** Rows that match: every word of the text, and one of the choices in each list that has any. */
export function filterRows(
  rows: readonly ServiceRow[],
  filter: ServiceFilter,
  nodeNames: ReadonlyMap<string, string>,
): readonly ServiceRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const among = (chosen: readonly string[], value: string) => chosen.length === 0 || chosen.includes(value);
  return rows.filter((row) => {
    if (!among(filter.states, row.health.kind)) return false;
    if (!among(filter.stacks, row.service.stack ?? noStack)) return false;
    const onNode = (id: string) => filter.nodes.includes(nodeNames.get(id) ?? id);
    if (filter.nodes.length > 0 && ![...row.nodeIds].some(onNode)) return false;
    if (words.length === 0) return true;
    const text = searchText(row);
    return words.every((word) => text.includes(word));
  });
}
