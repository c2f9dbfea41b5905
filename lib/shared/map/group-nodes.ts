import { type Phrase, phrase } from "../i18n/phrase.ts";
import { orderedNodes } from "../model/index-model.ts";
import { nodeCondition } from "../model/node-state.ts";
import type { NodeView } from "../model/types.ts";
import { compareNatural } from "../natural-order.ts";

/** Nodes that stand together on the map. */
export interface NodeGroup {
  readonly key: string;
  readonly title: Phrase;
  /** Quiet facts beside the title, read as a list. */
  readonly notes: readonly Phrase[];
  /** Managers first, natural order. */
  readonly nodes: readonly NodeView[];
}

/** How nodes are grouped: by role, or by the value of a node label, `label:disk`. */
export type GroupBy = string;

export const byRole: GroupBy = "role";
const labelPrefix = "label:";

/** Grouping by a label. */
export function byLabel(key: string): GroupBy {
  return `${labelPrefix}${key}`;
}

/** Keys of labels that nodes carry, in natural order. */
export function labelKeys(nodes: Readonly<Record<string, NodeView>>): readonly string[] {
  const keys = new Set(Object.values(nodes).flatMap((node) => Object.keys(node.labels)));
  return [...keys].sort(compareNatural);
}

function choices(nodes: readonly NodeView[], now: number): readonly Phrase[] {
  const kinds = nodes.map((node) => nodeCondition(node, now).kind);
  const count = (kind: string) => kinds.filter((each) => each === kind).length;
  return (["drained", "paused", "down"] as const)
    .filter((kind) => count(kind) > 0)
    .map((kind) => phrase(`map.group.${kind}`, { n: count(kind) }));
}

function roleGroups(nodes: readonly NodeView[], now: number): readonly NodeGroup[] {
  const managers = nodes.filter((node) => node.role === "manager");
  const workers = nodes.filter((node) => node.role === "worker");
  const reachable = managers.filter((node) => node.reachability === "reachable").length;
  const said = phrase("map.group.reachable", { reachable, n: managers.length });
  const groups: readonly NodeGroup[] = [
    {
      key: "manager",
      title: phrase("map.group.managers", { n: managers.length }),
      notes: [said, ...choices(managers, now)],
      nodes: managers,
    },
    {
      key: "worker",
      title: phrase("map.group.workers", { n: workers.length }),
      notes: [phrase("map.group.count", { n: workers.length }), ...choices(workers, now)],
      nodes: workers,
    },
  ];
  return groups.filter((group) => group.nodes.length > 0);
}

function labelGroups(nodes: readonly NodeView[], key: string, now: number): readonly NodeGroup[] {
  const byValue = new Map<string | null, NodeView[]>();
  for (const node of nodes) {
    const value = node.labels[key] ?? null;
    byValue.set(value, [...(byValue.get(value) ?? []), node]);
  }
  const values = [...byValue.keys()].sort((a, b) =>
    a === null || b === null ? Number(a === null) - Number(b === null) : compareNatural(a, b),
  );
  return values.map((value) => {
    const members = byValue.get(value) ?? [];
    return {
      key: value === null ? "without" : `=${value}`,
      title:
        value === null
          ? phrase("map.group.withoutLabel", { label: key })
          : phrase("map.group.label", { label: key, value }),
      notes: [phrase("map.group.count", { n: members.length }), ...choices(members, now)],
      nodes: members,
    };
  });
}

/** Groups the nodes, at `now` in ms since 1970. Nodes without the label come last, in a group of their own. */
export function groupNodes(
  nodes: Readonly<Record<string, NodeView>>,
  by: GroupBy,
  now: number,
): readonly NodeGroup[] {
  const ordered = orderedNodes(nodes);
  return by.startsWith(labelPrefix)
    ? labelGroups(ordered, by.slice(labelPrefix.length), now)
    : roleGroups(ordered, now);
}
