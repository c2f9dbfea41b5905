import { searchTextOf } from "#components/data/search-text.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { noStack, stateChoices } from "#lib/shared/map/filter-map.ts";
import type { TaskRow } from "./task-rows.ts";

/** What narrows the list of tasks; held in the address bar so that a view can be shared. Empty list: all. */
export interface TaskFilter {
  readonly text: string;
  /** Names of `stateChoices`. */
  readonly states: readonly string[];
  /** Whole names: they read better in an address than ids. */
  readonly services: readonly string[];
  readonly nodes: readonly string[];
  readonly stacks: readonly string[];
}

/** Tasks without a node, as value of the node filter: never a possible host name. */
export const noNode = "-";

const lists = { states: "state", services: "service", nodes: "node", stacks: "stack" } as const;

/** Reads the filter from the query of the address. */
export function readTaskFilter(query: URLSearchParams): TaskFilter {
  return {
    text: query.get("q") ?? "",
    states: query.getAll(lists.states),
    services: query.getAll(lists.services),
    nodes: query.getAll(lists.nodes),
    stacks: query.getAll(lists.stacks),
  };
}

/** The query with another filter; what else it says stays. */
export function writeTaskFilter(query: URLSearchParams, filter: TaskFilter): URLSearchParams {
  const next = new URLSearchParams(query);
  if (filter.text === "") next.delete("q");
  else next.set("q", filter.text);
  for (const [list, name] of Object.entries(lists) as [keyof typeof lists, string][]) {
    next.delete(name);
    for (const value of filter[list]) next.append(name, value);
  }
  return next;
}

/** The values of a row that the lists of the filter choose from. */
export function valuesOf(row: TaskRow): { service: string; node: string; stack: string } {
  return {
    service: row.service?.name ?? row.line.task.serviceId,
    node: row.line.nodeName ?? noNode,
    stack: row.service?.stack ?? noStack,
  };
}

/** Is the task in the state of this choice? */
export function isInState(row: TaskRow, state: string): boolean {
  return stateChoices[state]?.includes(row.line.condition.kind) ?? false;
}

/** Everything the text filter looks in. */
export const searchText = searchTextOf(({ line, name, service }: TaskRow) => {
  const { task, condition, why, nodeName } = line;
  const image = `${service?.image.name ?? ""}:${task.imageTag ?? ""}`;
  const words = [service?.name, name, service?.stack, nodeName, image, say(t, condition.word), task.id];
  return [...words, why && say(t, why), line.engineText].join(" ").toLowerCase();
});

/** Rows that match: every word of the text, and one of the choices in each list that has any. */
export function filterTasks(rows: readonly TaskRow[], filter: TaskFilter): readonly TaskRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const among = (chosen: readonly string[], value: string) => chosen.length === 0 || chosen.includes(value);
  const isChosen = filter.services.length + filter.nodes.length + filter.stacks.length > 0;
  if (!isChosen && filter.states.length === 0 && words.length === 0) return rows;
  return rows.filter((row) => {
    if (isChosen) {
      const { service, node, stack } = valuesOf(row);
      if (!among(filter.services, service) || !among(filter.nodes, node) || !among(filter.stacks, stack))
        return false;
    }
    if (filter.states.length > 0 && !filter.states.some((state) => isInState(row, state))) return false;
    if (words.length === 0) return true;
    const text = searchText(row);
    return words.every((word) => text.includes(word));
  });
}
