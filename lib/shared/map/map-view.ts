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
function unplacedTasks(model: ClusterModel): readonly TaskView[] {
  const { tasksByNode, tasksWithoutNode } = indexModel(model);
  const lost = [...tasksByNode].flatMap(([id, tasks]) => (model.nodes[id] === undefined ? tasks : []));
  return [...tasksWithoutNode, ...lost].filter(isLive);
}

const none: readonly TaskView[] = [];
const wholeNodes = new WeakMap<NodeView, Whole>();

interface Whole {
  readonly tasks: readonly TaskView[];
  readonly services: ClusterModel["services"];
  readonly mapNode: MapNode;
}

/** A node with all its tasks. The same object as the last time while nothing of it is another. */
function wholeNode(node: NodeView, tasks: readonly TaskView[], services: ClusterModel["services"]): MapNode {
  const before = wholeNodes.get(node);
  if (before && before.tasks === tasks && before.services === services) return before.mapNode;
  const items = tasks.map((task) => mapTask(task, services[task.serviceId], node));
  const mapNode = { node, tasks: orderTasks(items, node) };
  wholeNodes.set(node, { tasks, services, mapNode });
  return mapNode;
}

/** Lays the model out: groups of nodes with their tasks, and the tasks that have no node. */
export function mapView(model: ClusterModel, { filter, groupBy, healthOf, now }: MapChoices): MapView {
  const matches = taskMatcher(filter, healthOf);
  const { tasksByNode } = indexModel(model);
  const narrowed = narrowsTasks(filter);
  const toMapNode = (node: NodeView): MapNode => {
    const whole = wholeNode(node, tasksByNode.get(node.id) ?? none, model.services);
    return narrowed ? { node, tasks: whole.tasks.filter(matches) } : whole;
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
  const placeless = unplacedTasks(model)
    .map((task) => mapTask(task, model.services[task.serviceId], ownOf(model.nodes, task.nodeId)))
    .filter(matches);
  const placed = groups.flatMap(({ nodes }) => nodes).reduce((sum, { tasks }) => sum + tasks.length, 0);
  return {
    groups,
    unplaced: unplacedGroups(model, placeless),
    shown: placed + placeless.length,
    total: Object.keys(model.tasks).length,
  };
}

function ownOf(nodes: ClusterModel["nodes"], id: string | null): NodeView | undefined {
  return id === null ? undefined : nodes[id];
}

/** Ids of all tasks shown, in the order people read them. */
export function taskOrder({ unplaced, groups }: MapView): readonly string[] {
  const placed = groups.flatMap((group) => group.nodes);
  return [...unplaced, ...placed].flatMap(({ tasks }) => tasks.map(({ task }) => task.id));
}
