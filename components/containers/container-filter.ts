import "#lib/shared/i18n/pages/containers.ts";
import { searchTextOf } from "#components/data/search-text.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ContainerRow } from "./container-rows.ts";

/** Whether a service made it. */
export const origins = ["service", "plain"] as const;
export type Origin = (typeof origins)[number];

/** What narrows the list of containers; held in the address bar so that a view can be shared. Empty list: all. */
export interface ContainerFilter {
  readonly text: string;
  /** Of `containerKinds`. */
  readonly states: readonly string[];
  /** Names: they read better in an address than ids. */
  readonly nodes: readonly string[];
  /** Stacks and compose projects. */
  readonly groups: readonly string[];
  readonly origin: Origin | null;
}

/** Containers of no stack and no project, as value of the filter: never a possible name. */
export const noGroup = "-";

/** The stack or compose project of a row. */
export function groupOf({ container }: ContainerRow): string {
  return container.stack ?? container.project ?? noGroup;
}

/** Reads the filter from the query of the address. */
export function readContainerFilter(query: URLSearchParams): ContainerFilter {
  return {
    text: query.get("q") ?? "",
    states: query.getAll("state"),
    nodes: query.getAll("node"),
    groups: query.getAll("stack"),
    origin: origins.find((each) => each === query.get("kind")) ?? null,
  };
}

/** The filter as query of an address; empty when nothing is narrowed. */
export function writeContainerFilter(filter: ContainerFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.text !== "") query.set("q", filter.text);
  if (filter.origin !== null) query.set("kind", filter.origin);
  for (const state of filter.states) query.append("state", state);
  for (const node of filter.nodes) query.append("node", node);
  for (const group of filter.groups) query.append("stack", group);
  return query;
}

/** Whether a row is of services or not. */
export function originOf({ container }: ContainerRow): Origin {
  return container.serviceId === null ? "plain" : "service";
}

/** Everything the text filter looks in. */
const searchText = searchTextOf(({ container, condition, name }: ContainerRow) => {
  const { id, image, nodeName, serviceName, stack, project, networks, ports } = container;
  const version = `${image.name}:${image.tag ?? image.digest ?? ""}`;
  const words = [name, container.name, id, version, nodeName, serviceName, stack, project, ...networks];
  return [...words, ...ports.map((port) => port.published), say(t, condition.word)].join(" ").toLowerCase();
});

/** Rows that match: every word of the text, and one of the choices in each list that has any. */
export function filterContainers(
  rows: readonly ContainerRow[],
  filter: ContainerFilter,
): readonly ContainerRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const among = (chosen: readonly string[], value: string) => chosen.length === 0 || chosen.includes(value);
  return rows.filter((row) => {
    if (filter.origin !== null && originOf(row) !== filter.origin) return false;
    if (!among(filter.states, row.condition.kind) || !among(filter.nodes, row.container.nodeName))
      return false;
    if (!among(filter.groups, groupOf(row))) return false;
    if (words.length === 0) return true;
    const text = searchText(row);
    return words.every((word) => text.includes(word));
  });
}
