import { formatBytes, formatCpu } from "../format.ts";
import { type Phrase, phrase } from "../i18n/phrase.ts";
import { errorInWords } from "../model/docker-words.ts";
import type { ClusterModel, NodeView, ServiceView } from "../model/types.ts";
import { obstacleInWords } from "../placement/obstacle-words.ts";
import { placementVerdict } from "../placement/placement-verdict.ts";
import { roomOf } from "../placement/room.ts";
import { eligibleNodes } from "../placement.ts";
import { matchesConstraints } from "../placement-constraints.ts";
import type { MapTask } from "./map-task.ts";
import { compareTasks } from "./order-tasks.ts";

/** Tasks of one service that have no node for the same reason. */
export interface UnplacedGroup {
  readonly key: string;
  readonly tasks: readonly MapTask[];
  /** Why, in words. */
  readonly why: Phrase;
  /** The arithmetic behind it; null where there is none. */
  readonly detail: Phrase | null;
  /** Since when the first of them waits, ms since 1970. */
  readonly since: number;
}

interface Most {
  readonly node: NodeView;
  readonly free: number;
}

/** The node with most of something free, among those that may get the service's tasks. */
function mostFree(model: ClusterModel, service: ServiceView, what: "nanoCpus" | "memoryBytes"): Most | null {
  let best: Most | null = null;
  for (const node of eligibleNodes(model, service)) {
    const free = roomOf(model, node)[what];
    if (best === null || free > best.free) best = { node, free };
  }
  return best;
}

function arithmetic(model: ClusterModel, service: ServiceView): Phrase | null {
  const memory = service.reservedMemoryBytes > 0 ? mostFree(model, service, "memoryBytes") : null;
  if (memory && memory.free < service.reservedMemoryBytes) {
    return phrase("map.unplaced.mostFree", {
      each: formatBytes(service.reservedMemoryBytes),
      free: formatBytes(Math.max(0, memory.free)),
      node: memory.node.name,
    });
  }
  const cpu = service.reservedNanoCpus > 0 ? mostFree(model, service, "nanoCpus") : null;
  if (cpu && cpu.free < service.reservedNanoCpus) {
    return phrase("map.unplaced.mostFree", {
      each: formatCpu(service.reservedNanoCpus),
      free: formatCpu(Math.max(0, cpu.free)),
      node: cpu.node.name,
    });
  }
  return memory && cpu ? phrase("map.unplaced.neverBoth") : null;
}

/** The first obstacle of a kind that any node has, in words. */
function obstacleDetail(
  model: ClusterModel,
  service: ServiceView,
  kind: "host_port" | "platform",
): Phrase | null {
  const obstacles = placementVerdict(model, service).nodes.flatMap((verdict) => verdict.obstacles);
  const found = obstacles.find((obstacle) => obstacle.kind === kind);
  return found ? phrase("map.unplaced.because", { why: obstacleInWords(found, model.services) }) : null;
}

function takesTasks({ state, availability }: NodeView): boolean {
  return state === "ready" && availability === "active";
}

/** The first node that has everything the service asks for and takes no tasks now, and why it does not. */
function suitsButAway(model: ClusterModel, service: ServiceView): Phrase | null {
  const suiting = Object.values(model.nodes).filter((each) => matchesConstraints(each, service.constraints));
  const [node] = suiting;
  if (node === undefined || suiting.some(takesTasks)) return null;
  if (node.state !== "ready") return phrase("map.unplaced.suitsDown", { node: node.name });
  const key = node.availability === "drain" ? "map.unplaced.suitsDrained" : "map.unplaced.suitsPaused";
  return phrase(key, { node: node.name });
}

function detailOf(model: ClusterModel, service: ServiceView | undefined, error: string): Phrase | null {
  if (service === undefined) return null;
  if (error.includes("insufficient resources")) return arithmetic(model, service);
  if (error.includes("scheduling constraints"))
    return suitsButAway(model, service) ?? phrase("map.unplaced.placement");
  if (error.includes("host-mode port")) return obstacleDetail(model, service, "host_port");
  if (error.includes("unsupported platform")) return obstacleDetail(model, service, "platform");
  if (error.includes("max replicas per node")) {
    return phrase("map.unplaced.maxReplicas", { n: service.maxReplicasPerNode });
  }
  return null;
}

/** `node.labels.disk == ssd`, as the label people know it by. */
const labelConstraint = /^\s*node\.labels\.(\S+?)\s*==\s*(.*?)\s*$/;

/** Why, as short as it can be said: that drained nodes take nothing goes without saying where there is another reason. */
function whyUnplaced({ task, service }: MapTask, model: ClusterModel): Phrase {
  if (task.nodeId !== null) return phrase("services.cause.noNode");
  if (task.error === null || task.error === "") return phrase("services.place.notYet");
  const why = errorInWords(task.error, service ?? null);
  const { first, second } = why.params ?? {};
  const isBoth = why.key === "services.place.both" && typeof first === "object" && typeof second === "object";
  const main = isBoth && second.key === "services.place.unavailable" ? first : why;
  const constraint = main.key === "services.place.constraint" ? String(main.params?.constraint) : "";
  const [, key = "", value = ""] = labelConstraint.exec(constraint) ?? [];
  if (key === "") return main;
  const having = Object.values(model.nodes).filter(
    ({ labels }) => Object.hasOwn(labels, key) && labels[key] === value,
  );
  const isAway = having.length > 0 && !having.some(takesTasks);
  return phrase(isAway ? "map.unplaced.noReadyLabel" : "map.unplaced.noLabel", { label: `${key}=${value}` });
}

/** Tasks without a node, by service and reason, in the order of the map. */
export function unplacedGroups(model: ClusterModel, tasks: readonly MapTask[]): readonly UnplacedGroup[] {
  const byReason = new Map<string, MapTask[]>();
  for (const item of [...tasks].sort(compareTasks)) {
    const key = `${item.task.serviceId} ${item.task.nodeId === null ? (item.task.error ?? "") : "gone"}`;
    byReason.set(key, [...(byReason.get(key) ?? []), item]);
  }
  return [...byReason].map(([key, items]) => {
    const first = items[0] as MapTask;
    const { task, service } = first;
    return {
      key,
      tasks: items,
      why: whyUnplaced(first, model),
      detail: task.nodeId === null ? detailOf(model, service, task.error ?? "") : null,
      since: Math.min(...items.map((item) => item.task.createdAt)),
    };
  });
}
