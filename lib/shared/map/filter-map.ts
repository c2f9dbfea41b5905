import type { HealthKind } from "../model/service-verdict.ts";
import type { TaskKind } from "../model/task-state.ts";
import type { NodeView } from "../model/types.ts";
import type { MapTask } from "./map-task.ts";

/** What narrows the map; held in the address. An empty list, or empty text, narrows nothing. */
export interface MapFilter {
  readonly text: string;
  readonly stacks: readonly string[];
  /** Kinds of tasks. */
  readonly states: readonly string[];
  /** Node labels as `key=value`. */
  readonly labels: readonly string[];
  /** Kinds of services: their tasks are shown. */
  readonly health: readonly string[];
}

/** Tasks whose service has no stack, as value of the stack filter: never a possible stack name. */
export const noStack = "-";

export const noFilter: MapFilter = { text: "", stacks: [], states: [], labels: [], health: [] };

export type StateName = "failed" | "unhealthy" | "waiting" | "starting" | "running" | "stopping" | "done" | "lost" | "unknown"; // biome-ignore format: one line

/** The states people choose from, in the order of the menu, and the kinds of tasks behind each. */
export const stateChoices: Readonly<Record<string, readonly TaskKind[]>> = {
  failed: ["failed", "rejected"],
  unhealthy: ["unhealthy"],
  waiting: ["pending"],
  starting: ["starting"],
  running: ["running"],
  stopping: ["stopping"],
  done: ["complete", "shutdown"],
  lost: ["orphaned"],
  unknown: ["unknown"],
};

/** Does the filter say anything about tasks, so that a node without a matching one has nothing to show? */
export function narrowsTasks({ text, stacks, states, health }: MapFilter): boolean {
  return text.trim() !== "" || stacks.length > 0 || states.length > 0 || health.length > 0;
}

/** Does the filter say anything at all? */
export function isFiltered(filter: MapFilter): boolean {
  return narrowsTasks(filter) || filter.labels.length > 0;
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

function labelsOf(node: NodeView): readonly string[] {
  return Object.entries(node.labels).map(([key, value]) => `${key}=${value}`);
}

function haystack({ task, service, node, condition }: MapTask): string {
  const image = `${service?.image.name ?? ""}:${task.imageTag ?? service?.image.tag ?? ""}`;
  return `${service?.name ?? ""}.${task.slot ?? ""} ${service?.stack ?? ""} ${node?.name ?? ""} ${image} ${condition.kind} ${task.state} ${task.error ?? ""}`.toLowerCase();
}

/** Does the node itself match: one of the labels, and (for nodes without a matching task) every word of the text? */
export function matchesLabels(node: NodeView | undefined, { labels }: MapFilter): boolean {
  return (
    labels.length === 0 || (node !== undefined && labelsOf(node).some((label) => labels.includes(label)))
  );
}

/** Does the text alone speak of this node, so that it stays on the map even when it is empty? */
export function namesNode(node: NodeView, { text, stacks, states, health }: MapFilter): boolean {
  const words = wordsOf(text);
  if (words.length === 0 || stacks.length + states.length + health.length > 0) return false;
  const hay = `${node.name} ${node.address}`.toLowerCase();
  return words.every((word) => hay.includes(word));
}

/** A filter made ready for many tasks. `healthOf` says how a service is. */
export function taskMatcher(
  filter: MapFilter,
  healthOf: (serviceId: string) => HealthKind | undefined,
): (item: MapTask) => boolean {
  const words = wordsOf(filter.text);
  const kinds = filter.states.flatMap((state) => stateChoices[state] ?? []);
  return (item) => {
    const { task, service, condition, node } = item;
    if (filter.states.length > 0 && !kinds.includes(condition.kind)) return false;
    if (filter.stacks.length > 0 && !filter.stacks.includes(service?.stack ?? noStack)) return false;
    if (!matchesLabels(node, filter)) return false;
    if (filter.health.length > 0 && !filter.health.includes(healthOf(task.serviceId) ?? "")) return false;
    if (words.length === 0) return true;
    const hay = haystack(item);
    return words.every((word) => hay.includes(word));
  };
}
