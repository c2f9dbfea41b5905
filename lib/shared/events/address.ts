import { type EventFilter, everyEvent } from "./filter.ts";
import { eventKinds, eventSeverities } from "./types.ts";

const lists = {
  kinds: "kind",
  severities: "severity",
  services: "service",
  stacks: "stack",
  nodes: "node",
  tasks: "task",
} as const;

/** A filter as query of the API and of the page's address: only what narrows. */
export function writeEventFilter(filter: EventFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.text !== "") query.set("text", filter.text);
  for (const [list, parameter] of Object.entries(lists) as [keyof typeof lists, string][]) {
    if (filter[list].length > 0) query.set(parameter, filter[list].join(","));
  }
  if (filter.from !== null) query.set("from", String(filter.from));
  if (filter.to !== null) query.set("to", String(filter.to));
  return query;
}

/** Reads the filter from an address somebody may have typed: what does not fit is left out. */
export function readEventFilter(query: URLSearchParams): EventFilter {
  const list = (name: string) =>
    (query.get(name) ?? "")
      .split(",")
      .filter((value) => value !== "" && value.length <= 255)
      .slice(0, 50);
  const known = (name: string, words: readonly string[]) => list(name).filter((word) => words.includes(word));
  const time = (name: string) => {
    const ms = Number(query.get(name) ?? Number.NaN);
    return Number.isFinite(ms) && ms > 0 ? ms : null;
  };
  return {
    ...everyEvent,
    text: (query.get("text") ?? "").slice(0, 255),
    kinds: known(lists.kinds, eventKinds),
    severities: known(lists.severities, eventSeverities),
    services: list(lists.services),
    stacks: list(lists.stacks),
    nodes: list(lists.nodes),
    tasks: list(lists.tasks),
    from: time("from"),
    to: time("to"),
  };
}
