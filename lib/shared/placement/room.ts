import { indexModel } from "../model/index-model.ts";
import { isLive } from "../model/task-state.ts";
import type { ClusterModel, NodeView, PortView, ServiceView, TaskView } from "../model/types.ts";

/** The parts of a model that placement looks at. */
export type Picture = Pick<ClusterModel, "nodes" | "services" | "tasks">;

/** What a task asks of the node it is to run on. CPU in nano-CPUs, memory in bytes. */
export interface Needs {
  readonly serviceId: string;
  readonly nanoCpus: number;
  readonly memoryBytes: number;
  /** Generic resources by kind: how many of each. */
  readonly generic: Readonly<Record<string, number>>;
  readonly constraints: readonly string[];
  /** `os/architecture` the image is made for; empty: any. */
  readonly platforms: readonly string[];
  /** Ports that the node itself is to publish: `8080/tcp`. */
  readonly hostPorts: readonly string[];
  /** 0: no limit. */
  readonly maxPerNode: number;
}

/** What is still free on a node. `take` changes it, so that one task after the other can be tried. */
export interface Room {
  readonly nodeId: string;
  nanoCpus: number;
  memoryBytes: number;
  readonly generic: Map<string, number>;
  /** `8080/tcp` → id of the service that has it. */
  readonly ports: Map<string, string>;
  /** Tasks that swarm wants here, by service, and all of them. */
  readonly wanted: Map<string, number>;
  total: number;
}

/** The ports of a service that each node publishes by itself. */
export function hostPorts(ports: readonly PortView[]): readonly string[] {
  return ports
    .filter((port) => port.mode === "host" && port.published !== null)
    .map((port) => `${port.published}/${port.protocol}`);
}

/** What a task of the service asks for: its own specification where it has one, else what new tasks will have. */
export function needsOf(service: ServiceView, task?: Pick<TaskView, "nanoCpus" | "memoryBytes">): Needs {
  return {
    serviceId: service.id,
    nanoCpus: task?.nanoCpus ?? service.reservedNanoCpus,
    memoryBytes: task?.memoryBytes ?? service.reservedMemoryBytes,
    generic: service.genericResources,
    constraints: service.constraints,
    platforms: service.platforms,
    hostPorts: hostPorts(service.ports),
    maxPerNode: service.maxReplicasPerNode,
  };
}

/** Swarm wants the task to be there, now or soon. */
export function isWanted({ desired }: TaskView): boolean {
  return desired !== "shutdown" && desired !== "remove" && desired !== "orphaned";
}

/** The scheduler looks at tasks from pending on; before that they hold nothing. */
function holdsRoom(task: TaskView): boolean {
  return isLive(task) && task.state !== "new" && task.state !== "allocated";
}

export interface RoomOptions {
  /** Tasks that count as not there. */
  readonly without?: (task: TaskView) => boolean;
  /** Tasks told to stop count as gone already: what will be in a moment, not what the scheduler sees now. */
  readonly soon?: boolean;
}

/**
 * The room on a node as swarm's scheduler counts it: what a task reserves and publishes is taken until the task is over,
 * even if it was told to stop; a limit per node counts only tasks that swarm still wants.
 */
export function roomOf(model: Picture, node: NodeView, { without, soon = false }: RoomOptions = {}): Room {
  const room: Room = {
    nodeId: node.id,
    nanoCpus: node.nanoCpus,
    memoryBytes: node.memoryBytes,
    generic: new Map(Object.entries(node.genericResources)),
    ports: new Map(),
    wanted: new Map(),
    total: 0,
  };
  for (const task of indexModel(model).tasksByNode.get(node.id) ?? []) {
    if (!holdsRoom(task) || without?.(task) || (soon && !isWanted(task))) continue;
    // A global task that could not be placed has its node already, but holds nothing there.
    if (task.state === "pending") continue;
    hold(room, model.services[task.serviceId], task);
  }
  return room;
}

function hold(room: Room, service: ServiceView | undefined, task: TaskView): void {
  room.nanoCpus -= task.nanoCpus;
  room.memoryBytes -= task.memoryBytes;
  if (service) holdNamed(room, service);
  if (!isWanted(task)) return;
  room.total += 1;
  room.wanted.set(task.serviceId, (room.wanted.get(task.serviceId) ?? 0) + 1);
}

function holdNamed(room: Room, service: ServiceView): void {
  for (const [kind, amount] of Object.entries(service.genericResources)) {
    room.generic.set(kind, (room.generic.get(kind) ?? 0) - amount);
  }
  for (const port of hostPorts(service.ports)) room.ports.set(port, service.id);
}

/** Takes the room for one more task. */
export function take(room: Room, needs: Needs): void {
  room.nanoCpus -= needs.nanoCpus;
  room.memoryBytes -= needs.memoryBytes;
  for (const [kind, amount] of Object.entries(needs.generic)) {
    room.generic.set(kind, (room.generic.get(kind) ?? 0) - amount);
  }
  for (const port of needs.hostPorts) room.ports.set(port, needs.serviceId);
  room.total += 1;
  room.wanted.set(needs.serviceId, (room.wanted.get(needs.serviceId) ?? 0) + 1);
}
