import { indexModel } from "../model/index-model.ts";
import type { HealthKind } from "../model/service-verdict.ts";
import { isLive } from "../model/task-state.ts";
import type { ClusterModel, NodeView, TaskView } from "../model/types.ts";
import { type MapFilter, matchesLabels, namesNode, narrowsTasks, taskMatcher } from "./filter-map.ts";
import { type GroupBy, groupNodes, type NodeGroup } from "./group-nodes.ts";
import { type MapTask, mapTask } from "./map-task.ts";
import { orderTasks } from "./order-tasks.ts";
import { type UnplacedGroup, unplacedGroups } from "./unplaced.ts";

/** A node with the tasks the filter leaves, in the order of the map. */
export interface MapNode {
  readonly node: NodeView;
  readonly tasks: readonly MapTask[];
}

export interface MapGroup extends Omit<NodeGroup, "nodes"> {
  readonly nodes: readonly MapNode[];
}

/** Everything the map shows. */
export interface MapView {
  readonly groups: readonly MapGroup[];
  readonly unplaced: readonly UnplacedGroup[];
  /** Tasks shown. */
  readonly shown: number;
  /** Tasks there are. */
  readonly total: number;
}

export interface MapChoices {
  readonly filter: MapFilter;
  readonly groupBy: GroupBy;
  readonly healthOf: (serviceId: string) => HealthKind | undefined;
  /** ms since 1970. */
  readonly now: number;
}

/** Tasks that belong to no node of the map; ended ones without a node say nothing. */
function isUnplaced(model: ClusterModel, task: TaskView): boolean {
  return (task.nodeId === null || model.nodes[task.nodeId] === undefined) && isLive(task);
}

/** Lays the model out: groups of nodes with their tasks, and the tasks that have no node. */
export function mapView(model: ClusterModel, { filter, groupBy, healthOf, now }: MapChoices): MapView {
  const matches = taskMatcher(filter, healthOf);
  const view = (task: TaskView) =>
    mapTask(
      task,
      model.services[task.serviceId],
      task.nodeId === null ? undefined : model.nodes[task.nodeId],
    );
  const { tasksByNode } = indexModel(model);
  const narrowed = narrowsTasks(filter);
  let shown = 0;
  const toMapNode = (node: NodeView): MapNode => {
    const tasks = orderTasks((tasksByNode.get(node.id) ?? []).map(view).filter(matches), node);
    shown += tasks.length;
    return { node, tasks };
  };
  const groups = groupNodes(model.nodes, groupBy, now)
    .map((group) => ({
      ...group,
      nodes: group.nodes
        .filter((node) => matchesLabels(node, filter))
        .map(toMapNode)
        .filter(({ node, tasks }) => !narrowed || tasks.length > 0 || namesNode(node, filter)),
    }))
    .filter((group) => group.nodes.length > 0);
  const placeless = Object.values(model.tasks)
    .filter((task) => isUnplaced(model, task))
    .map(view)
    .filter(matches);
  return {
    groups,
    unplaced: unplacedGroups(model, placeless),
    shown: shown + placeless.length,
    total: Object.keys(model.tasks).length,
  };
}

/** Ids of all tasks shown, in the order people read them. */
export function taskOrder({ unplaced, groups }: MapView): readonly string[] {
  const placed = groups.flatMap((group) => group.nodes);
  return [...unplaced, ...placed].flatMap(({ tasks }) => tasks.map(({ task }) => task.id));
}
