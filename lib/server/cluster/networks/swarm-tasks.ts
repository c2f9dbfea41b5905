import { listOf, textOf, textOrNull } from "#lib/server/docker/hostile.ts";
import type { WireTask } from "#lib/server/docker/wire.ts";

/** A task, or a container connected by hand, that the swarm has given an address on a network. */
export interface AttachedTask {
  readonly id: string;
  /** Null: a container connected by hand. */
  readonly serviceId: string | null;
  readonly slot: number | null;
  readonly nodeId: string | null;
  readonly containerId: string | null;
  readonly addresses: readonly string[];
}

export interface NetworkTasks {
  readonly attached: readonly AttachedTask[];
  /** Tasks that are to run and that swarm has not given what they need: without a free address it never does. */
  readonly waiting: number;
}

const over = new Set(["complete", "shutdown", "failed", "rejected", "remove", "orphaned"]);

/** A task that is over keeps its addresses in its record, but swarm gives them to others. */
const isOver = ({ Status, DesiredState }: WireTask) =>
  over.has(Status?.State ?? "") && (DesiredState ?? "") !== "running";

/** Who of these tasks holds an address of the network. */
export function tasksOn(networkId: string, tasks: readonly WireTask[]): NetworkTasks {
  const attached: AttachedTask[] = [];
  let waiting = 0;
  for (const task of tasks) {
    if (isOver(task)) continue;
    const attachment = listOf(task.NetworksAttachments).find((each) => each.Network?.ID === networkId);
    const addresses = listOf(attachment?.Addresses).map((address) => textOf(address));
    if (addresses.length === 0) {
      if (task.Status?.State === "new" && task.DesiredState !== "shutdown") waiting += 1;
      continue;
    }
    const byHand = textOrNull(task.Spec?.NetworkAttachmentSpec?.ContainerID);
    attached.push({
      id: textOf(task.ID),
      serviceId: byHand === null ? textOrNull(task.ServiceID) : null,
      slot: typeof task.Slot === "number" && task.Slot > 0 ? task.Slot : null,
      nodeId: textOrNull(task.NodeID),
      containerId: byHand ?? textOrNull(task.Status?.ContainerStatus?.ContainerID),
      addresses,
    });
  }
  return { attached, waiting };
}
