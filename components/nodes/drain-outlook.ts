import { indexModel } from "#lib/shared/model/index-model.ts";
import { isLive } from "#lib/shared/model/task-state.ts";
import type { ClusterModel, NodeView } from "#lib/shared/model/types.ts";
import { findPlace } from "#lib/shared/placement/find-place.ts";
import { isWanted, needsOf, roomOf } from "#lib/shared/placement/room.ts";

/** What becomes of a node's tasks when it is drained or leaves. */
export interface DrainOutlook {
  /** Get a place on another node. */
  readonly moves: number;
  /** Find no node that fits, and will wait. */
  readonly waits: number;
  /** Global tasks and job tasks: they end here and start nowhere else. */
  readonly ends: number;
}

/** Looks for a place for every task of the node, one after the other, the hungriest first. */
export function drainOutlook(model: ClusterModel, node: NodeView): DrainOutlook {
  const tasks = (indexModel(model).tasksByNode.get(node.id) ?? []).filter(
    (task) => isLive(task) && isWanted(task),
  );
  const rooms = Object.values(model.nodes)
    .filter((each) => each.id !== node.id)
    .map((each) => roomOf(model, each, { soon: true }));
  let moves = 0;
  let waits = 0;
  let ends = 0;
  for (const task of [...tasks].sort((a, b) => b.memoryBytes - a.memoryBytes || b.nanoCpus - a.nanoCpus)) {
    const service = model.services[task.serviceId];
    if (service === undefined || service.mode === "global" || service.mode === "global-job") ends += 1;
    else if (findPlace(model.nodes, rooms, needsOf(service, task))) moves += 1;
    else waits += 1;
  }
  return { moves, waits, ends };
}
