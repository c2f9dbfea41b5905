import { type Phrase, phrase } from "./i18n/phrase.ts";
import type { ClusterModel, NodeView } from "./model/types.ts";

/** What a swarm's managers can bear. Changes need `needed` of `total` managers to agree. */
export interface Quorum {
  readonly total: number;
  readonly reachable: number;
  readonly needed: number;
  /** How many more managers may go before changes stop; negative when they have stopped already. */
  readonly spare: number;
}

/** The arithmetic of raft: more than half must agree. */
export function quorumOf(total: number, reachable: number = total): Quorum {
  const needed = Math.floor(total / 2) + 1;
  return { total, reachable, needed, spare: reachable - needed };
}

/** Quorum of the managers in the picture. A manager whose reachability is not known counts as not reachable. */
export function quorumOfModel(model: Pick<ClusterModel, "nodes">): Quorum {
  const managers = Object.values(model.nodes).filter((node) => node.role === "manager");
  return quorumOf(managers.length, managers.filter((node) => node.reachability === "reachable").length);
}

/** What to know before a node becomes a manager or a worker; none when the change is harmless. */
export function roleChangeWarnings(
  model: Pick<ClusterModel, "nodes">,
  node: Pick<NodeView, "role" | "reachability">,
  role: NodeView["role"],
): readonly Phrase[] {
  if (node.role === role) return [];
  const before = quorumOfModel(model);
  const step = role === "manager" ? 1 : -1;
  const counted = role === "manager" || node.reachability === "reachable" ? step : 0;
  const after = quorumOf(before.total + step, before.reachable + counted);
  if (after.total < 1) return [phrase("swarm.quorum.last")];
  if (after.spare < 0) return [phrase("swarm.quorum.lost", { n: after.total, reachable: after.reachable })];
  if (after.total === 1) return [phrase("swarm.quorum.one")];
  if (after.total === 2) return [phrase("swarm.quorum.two")];
  if (after.total % 2 === 0) {
    return [phrase("swarm.quorum.even", { n: after.total, bear: after.total - after.needed })];
  }
  if (after.spare === 0) return [phrase("swarm.quorum.none", { n: after.total })];
  return after.total > 7 ? [phrase("swarm.quorum.many", { n: after.total })] : [];
}
