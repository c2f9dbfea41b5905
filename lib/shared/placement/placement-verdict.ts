import { orderedNodes } from "../model/index-model.ts";
import type { NodeView, ServiceView, TaskView } from "../model/types.ts";
import { type Filter, filterOf, nodeObstacles, type Obstacle } from "./node-verdict.ts";
import { needsOf, type Picture, roomOf } from "./room.ts";

/** What one node says to a task. */
export interface NodeVerdict {
  readonly node: NodeView;
  /** In the order of swarm's filters; empty: it fits. */
  readonly obstacles: readonly Obstacle[];
}

/** What every node says to a task of a service: those that fit first, then those with the fewest obstacles. */
export interface PlacementVerdict {
  readonly nodes: readonly NodeVerdict[];
  /** Nodes by the first filter of swarm they do not pass: what swarm itself counts in its reason. */
  readonly counts: ReadonlyMap<Filter, number>;
}

/**
 * For each node, what keeps a task of the service from it, judged as swarm's scheduler does over the present picture.
 * With `task`, that task counts as not placed, and a global task is judged only on its own node.
 */
export function placementVerdict(model: Picture, service: ServiceView, task?: TaskView): PlacementVerdict {
  const needs = needsOf(service, task);
  const own = service.mode.startsWith("global") ? (task?.nodeId ?? null) : null;
  const verdicts = orderedNodes(model.nodes)
    .filter((node) => own === null || node.id === own)
    .map((node) => {
      const room = roomOf(model, node, { without: (each) => each.id === task?.id });
      return { node, obstacles: nodeObstacles(node, room, needs) };
    });
  const counts = new Map<Filter, number>();
  for (const { obstacles } of verdicts) {
    const [first] = obstacles;
    if (first) counts.set(filterOf(first), (counts.get(filterOf(first)) ?? 0) + 1);
  }
  const nodes = [...verdicts].sort((a, b) => a.obstacles.length - b.obstacles.length);
  return { nodes, counts };
}
