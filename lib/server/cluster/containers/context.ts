import type { ClusterModel } from "#lib/shared/model/types.ts";
import type { SelfIdentity } from "../actions/context.ts";
import type { NodeEngines } from "../nodes/node-engines.ts";
import type { ContainerTable } from "./container-table.ts";

/** What reads and writes of containers need of their cluster. */
export interface ContainerContext {
  readonly table: ContainerTable;
  readonly engines: NodeEngines;
  readonly model: () => ClusterModel;
  readonly self: () => SelfIdentity | null;
  /** Swarm is about to notice: its tasks are read at once instead of when an event comes. */
  readonly serviceChanged: (serviceId: string) => void;
}
