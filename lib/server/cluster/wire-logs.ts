import type { ContainerRef } from "#lib/server/container-types.ts";
import { type ClusterLogs, createClusterLogs } from "#lib/server/logs/cluster-logs.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { findContainer } from "./containers/find-container.ts";
import { keptLog } from "./last-lines/kept-log.ts";
import { createLastLines, type LastLines } from "./last-lines/last-lines.ts";
import type { LiveClusterOptions } from "./live-cluster-types.ts";
import type { SwarmReads } from "./reads.ts";
import type { NodeParts } from "./wire-node-parts.ts";

export interface LogWiring {
  readonly options: LiveClusterOptions;
  readonly reads: Pick<SwarmReads, "manager">;
  readonly parts: Pick<NodeParts, "containers" | "engines">;
  readonly model: () => ClusterModel;
}

/** The logs of a cluster, and the last lines of its failed tasks where they are kept. */
export function createLogs({ options, reads, parts, model }: LogWiring): {
  readonly logs: ClusterLogs;
  readonly lastLines: LastLines | null;
} {
  const { id, lastLines: table, log, simulated } = options;
  const { manager } = reads;
  // A simulated task has nothing to say.
  const lastLines = table && !simulated ? createLastLines({ cluster: id, table, manager, model, log }) : null;
  const find = (ref: ContainerRef) => findContainer({ table: parts.containers, engines: parts.engines }, ref);
  const kept = (taskId: string) => keptLog(lastLines?.of(taskId) ?? null);
  return { logs: createClusterLogs({ manager, findContainer: find, kept, log }), lastLines };
}
