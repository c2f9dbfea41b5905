import type { ClusterEvent } from "./types.ts";

/** What narrows the list of events; an empty list or text means all. Objects match by name or by id. */
export interface EventFilter {
  readonly text: string;
  readonly kinds: readonly string[];
  readonly severities: readonly string[];
  readonly services: readonly string[];
  /** `noStack` stands for events without one. */
  readonly stacks: readonly string[];
  readonly nodes: readonly string[];
  readonly tasks: readonly string[];
  /** ms since 1970, both included; null: no bound. */
  readonly from: number | null;
  readonly to: number | null;
}

/** Events without a stack, as value of the stack filter: never a possible stack name. */
export const noStack = "-";

export const everyEvent: EventFilter = {
  text: "", kinds: [], severities: [], services: [], stacks: [], nodes: [], tasks: [], from: null, to: null,
}; // biome-ignore format: short

/** The words of a text filter; an event has to have all of them. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8);
}

/** What the text filter looks at. The table of events keeps the same text beside each event. */
export function searchText(event: Omit<ClusterEvent, "id">): string {
  const { kind, action, objectName, serviceName, nodeName, stack, actor, facts } = event;
  const words = [kind, action.replaceAll("_", " "), objectName, serviceName, nodeName, stack, actor];
  return [...words, ...Object.values(facts)]
    .filter((word) => word !== null && word !== "")
    .join(" ")
    .toLowerCase();
}

/** Does an event pass? The server's table answers the same question in SQL. */
export function matchesEvent(event: ClusterEvent, filter: EventFilter): boolean {
  const among = (chosen: readonly string[], ...values: (string | null)[]) =>
    chosen.length === 0 || values.some((value) => value !== null && chosen.includes(value));
  if (!among(filter.kinds, event.kind) || !among(filter.severities, event.severity)) return false;
  if (!among(filter.services, event.serviceId, event.serviceName)) return false;
  if (!among(filter.stacks, event.stack ?? noStack)) return false;
  if (!among(filter.nodes, event.nodeId, event.nodeName)) return false;
  if (!among(filter.tasks, event.taskId)) return false;
  if (filter.from !== null && event.at < filter.from) return false;
  if (filter.to !== null && event.at > filter.to) return false;
  const words = wordsOf(filter.text);
  if (words.length === 0) return true;
  const text = searchText(event);
  return words.every((word) => text.includes(word));
}
