import { formatBytes, formatCpu } from "./format.ts";
import { type Phrase, phrase } from "./i18n/phrase.ts";
import type { ClusterModel, NodeView, ServiceView } from "./model/types.ts";
import { suitsPlatform } from "./placement/platform.ts";
import { hostPorts, type Picture, type Room, roomOf } from "./placement/room.ts";
import { matchesConstraints } from "./placement-constraints.ts";

/** Why fewer tasks than wanted will run, as facts; `scaleWarningPhrase` puts them in words. */
export type ScaleWarning =
  | { readonly kind: "no_node"; readonly constraints: readonly string[] }
  | { readonly kind: "no_platform"; readonly platforms: readonly string[] }
  | {
      readonly kind: "max_replicas";
      readonly wanted: number;
      readonly perNode: number;
      readonly nodes: number;
      readonly possible: number;
    }
  | {
      readonly kind: "host_port";
      readonly wanted: number;
      readonly port: string;
      readonly nodes: number;
    }
  | {
      readonly kind: "reservations";
      readonly wanted: number;
      /** How many fit, those that run already included. */
      readonly possible: number;
      readonly nodes: number;
      /** What each task reserves; 0 where it reserves none. */
      readonly nanoCpus: number;
      readonly memoryBytes: number;
      /** Largest part still free on one node. */
      readonly freeNanoCpus: number;
      readonly freeMemoryBytes: number;
    };

/**
 * Nodes that may get tasks of the service now, room aside: ready, active, matching its placement constraints, and of a
 * platform its image is made for.
 */
export function eligibleNodes(
  model: Pick<ClusterModel, "nodes">,
  service: Pick<ServiceView, "constraints" | "platforms">,
): readonly NodeView[] {
  return Object.values(model.nodes).filter(
    (node) =>
      node.state === "ready" &&
      node.availability === "active" &&
      matchesConstraints(node, service.constraints) &&
      suitsPlatform(node, service.platforms),
  );
}

/**
 * What stands in the way of `replicas` tasks of a replicated service, judged as swarm's scheduler does: constraints,
 * platform, max replicas per node, host ports and reservations. Empty when all have a place, and when nothing is known.
 */
export function scaleWarnings(
  model: Picture,
  service: ServiceView,
  replicas: number,
): readonly ScaleWarning[] {
  if (replicas === 0 || Object.keys(model.nodes).length === 0) return [];
  const nodes = eligibleNodes(model, service);
  if (nodes.length === 0) return [noNode(model, service)];
  // A task told to stop frees its place in a moment.
  const rooms = nodes.map((node) => roomOf(model, node, { soon: true }));
  const warnings = [
    maxReplicasWarning(service, replicas, nodes.length),
    hostPortWarning(service, replicas, rooms),
    reservationWarning(service, replicas, rooms),
  ];
  return warnings.filter((warning) => warning !== null);
}

function noNode(model: Picture, service: ServiceView): ScaleWarning {
  const ofAnyPlatform = eligibleNodes(model, { constraints: service.constraints, platforms: [] });
  return ofAnyPlatform.length > 0
    ? { kind: "no_platform", platforms: service.platforms }
    : { kind: "no_node", constraints: service.constraints };
}

function maxReplicasWarning(service: ServiceView, wanted: number, nodes: number): ScaleWarning | null {
  const perNode = service.maxReplicasPerNode;
  const possible = perNode * nodes;
  return perNode > 0 && wanted > possible ? { kind: "max_replicas", wanted, perNode, nodes, possible } : null;
}

function hostPortWarning(service: ServiceView, wanted: number, rooms: readonly Room[]): ScaleWarning | null {
  const ports = hostPorts(service.ports);
  const isOurs = (room: Room, port: string) => (room.ports.get(port) ?? service.id) === service.id;
  const fitting = rooms.filter((room) => ports.every((port) => isOurs(room, port)));
  if (ports.length === 0 || wanted <= fitting.length) return null;
  const inTheWay = ports.find((port) => rooms.some((room) => !isOurs(room, port))) ?? ports[0] ?? "";
  return { kind: "host_port", wanted, port: inTheWay.split("/")[0] ?? "", nodes: fitting.length };
}

function reservationWarning(
  service: ServiceView,
  wanted: number,
  rooms: readonly Room[],
): ScaleWarning | null {
  const nanoCpus = service.reservedNanoCpus;
  const memoryBytes = service.reservedMemoryBytes;
  if (nanoCpus === 0 && memoryBytes === 0) return null;
  const times = (free: number, each: number) =>
    each > 0 ? Math.floor(Math.max(0, free) / each) : Number.POSITIVE_INFINITY;
  const possible = rooms.reduce((sum, room) => {
    const own = room.wanted.get(service.id) ?? 0;
    return sum + own + Math.min(times(room.nanoCpus, nanoCpus), times(room.memoryBytes, memoryBytes));
  }, 0);
  if (wanted <= possible) return null;
  return {
    kind: "reservations",
    wanted,
    possible,
    nodes: rooms.length,
    nanoCpus,
    memoryBytes,
    freeNanoCpus: Math.max(0, ...rooms.map((room) => room.nanoCpus)),
    freeMemoryBytes: Math.max(0, ...rooms.map((room) => room.memoryBytes)),
  };
}

/** A warning in words, with its arithmetic. */
export function scaleWarningPhrase(warning: ScaleWarning): Phrase {
  switch (warning.kind) {
    case "no_node":
      return warning.constraints.length > 0
        ? phrase("actions.warn.noNodeMatches", { constraints: warning.constraints.join(", ").slice(0, 200) })
        : phrase("actions.warn.noNode");
    case "no_platform":
      return phrase("actions.warn.noPlatform", { platforms: warning.platforms.join(", ").slice(0, 200) });
    case "max_replicas":
      return phrase("actions.warn.maxReplicas", {
        perNode: warning.perNode,
        n: warning.nodes,
        possible: warning.possible,
        waiting: warning.wanted - warning.possible,
      });
    case "host_port":
      return phrase("actions.warn.hostPort", {
        port: warning.port,
        n: warning.nodes,
        waiting: warning.wanted - warning.nodes,
      });
    case "reservations":
      return phrase("actions.warn.reservations", {
        each: amounts(warning, warning.nanoCpus, warning.memoryBytes),
        free: amounts(warning, warning.freeNanoCpus, warning.freeMemoryBytes),
        n: warning.nodes,
        possible: warning.possible,
        waiting: warning.wanted - warning.possible,
      });
  }
}

type Reserved = { readonly nanoCpus: number; readonly memoryBytes: number };

/** Amounts of what is reserved at all: CPU, memory or both. */
function amounts(reserved: Reserved, nanoCpus: number, memoryBytes: number): Phrase {
  const cpu = formatCpu(nanoCpus);
  const memory = formatBytes(memoryBytes);
  if (reserved.nanoCpus === 0) return phrase("actions.warn.memory", { memory });
  if (reserved.memoryBytes === 0) return phrase("actions.warn.cpu", { cpu });
  return phrase("actions.warn.cpuAndMemory", { cpu, memory });
}
