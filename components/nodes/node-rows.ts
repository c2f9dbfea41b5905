import { indexModel } from "#lib/shared/model/index-model.ts";
import {
  type NodeCondition,
  type NodeLoad,
  nodeCondition,
  nodeLoad,
  nodeRank,
} from "#lib/shared/model/node-state.ts";
import type { ClusterModel, NodeView } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";

/** A node as the table shows it. */
export interface NodeRow {
  readonly node: NodeView;
  readonly condition: NodeCondition;
  readonly load: NodeLoad;
}

/** The row of a node at `now`, ms since 1970. */
export function nodeRow(model: ClusterModel, node: NodeView, now: number): NodeRow {
  const tasks = indexModel(model).tasksByNode.get(node.id) ?? [];
  return { node, condition: nodeCondition(node, now), load: nodeLoad(tasks) };
}

/** Trouble first, then managers, then natural order of names. Drained and paused are a choice, not trouble. */
export function compareNodeRows(a: NodeRow, b: NodeRow): number {
  const rank = ({ condition }: NodeRow) => Math.min(nodeRank(condition.kind), nodeRank("paused"));
  const role = ({ node }: NodeRow) => (node.role === "manager" ? 0 : 1);
  return (
    rank(a) - rank(b) ||
    role(a) - role(b) ||
    compareNatural(a.node.name, b.node.name) ||
    compareNatural(a.node.id, b.node.id)
  );
}

/** All nodes as rows, trouble first. */
export function nodeRows(model: ClusterModel, now: number): readonly NodeRow[] {
  return Object.values(model.nodes)
    .map((node) => nodeRow(model, node, now))
    .sort(compareNodeRows);
}

/** Rows whose name, address, role, version or labels hold every word of the text. */
export function filterNodes(rows: readonly NodeRow[], text: string): readonly NodeRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter(({ node, condition }) => {
    const labels = Object.entries(node.labels).map(([key, value]) => `${key}=${value}`);
    const role = node.leader ? "manager leader" : node.role;
    const all = [
      node.name,
      node.address,
      role,
      node.engineVersion,
      node.os,
      node.arch,
      condition.kind,
      ...labels,
    ];
    const hay = all.join(" ").toLowerCase();
    return words.every((word) => hay.includes(word));
  });
}
