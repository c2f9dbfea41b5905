import type { NodeView } from "#lib/shared/model/types.ts";
import { amountOf, labelsOf, longestText, oneOf, textOf, textOrNull, timeOf } from "./hostile.ts";
import { mapGenericResources } from "./map-resources.ts";
import type { WireNode } from "./wire.ts";

/** What only the server knows about a node. */
export interface NodeExtras {
  readonly linked: boolean;
  readonly stateSince: number | null;
}

/** Docker's node as screens need it. Null when it has no id. */
export function mapNode(wire: WireNode, extras: NodeExtras): NodeView | null {
  const id = textOf(wire?.ID);
  if (id === "") return null;
  const manager = wire.ManagerStatus ?? null;
  const description = wire.Description ?? {};
  const status = wire.Status ?? {};
  return {
    id,
    name: textOf(description.Hostname) || textOf(wire.Spec?.Name) || id,
    role: oneOf(wire.Spec?.Role, ["manager", "worker"], "worker"),
    leader: manager?.Leader === true,
    reachability: manager ? reachabilityOf(manager.Reachability) : null,
    availability: oneOf(wire.Spec?.Availability, ["active", "pause", "drain"], "active"),
    state: oneOf(status.State, ["ready", "down", "disconnected"], "unknown"),
    stateSince: extras.stateSince,
    stateMessage: textOf(status.Message, longestText),
    address: textOf(status.Addr),
    managerAddress: textOrNull(manager?.Addr),
    engineVersion: textOf(description.Engine?.EngineVersion),
    os: textOf(description.Platform?.OS),
    arch: textOf(description.Platform?.Architecture),
    labels: labelsOf(wire.Spec?.Labels),
    engineLabels: labelsOf(description.Engine?.Labels),
    nanoCpus: amountOf(description.Resources?.NanoCPUs),
    memoryBytes: amountOf(description.Resources?.MemoryBytes),
    genericResources: mapGenericResources(description.Resources?.GenericResources),
    linked: extras.linked,
    createdAt: timeOf(wire.CreatedAt),
    updatedAt: timeOf(wire.UpdatedAt),
  };
}

function reachabilityOf(word: unknown): "reachable" | "unreachable" | "unknown" {
  return oneOf(word, ["reachable", "unreachable"], "unknown");
}
