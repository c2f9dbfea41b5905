import type { Logger } from "pino";
import type { EngineAddress } from "#lib/server/config/engine-address.ts";
import type { EventsTable } from "#lib/server/db/events.ts";
import type { HistoryTables } from "#lib/server/db/history.ts";
import type { LastLinesTable } from "#lib/server/db/last-lines.ts";
import type { ClusterLogs } from "#lib/server/logs/cluster-logs.ts";
import type { Cluster } from "#lib/server/runtime-types.ts";
import type { ClusterUsage } from "#lib/server/usage/cluster-usage.ts";
import type { ClusterInfo } from "#lib/shared/model/types.ts";
import type { ActionContext } from "./actions/context.ts";
import type { ColorStore } from "./colors.ts";
import type { ContainerTable } from "./containers/container-table.ts";
import type { EventLog } from "./events/event-log.ts";
import type { ClusterImages } from "./images/cluster-images.ts";
import type { LastLines } from "./last-lines/last-lines.ts";
import type { LinkTiming } from "./link.ts";
import type { LinkSet } from "./link-set.ts";
import type { NodeEngines } from "./nodes/node-engines.ts";
import type { Resources } from "./resources/resources.ts";

/** How one cluster is reached and what it may use. */
export interface LiveClusterOptions {
  readonly id: string;
  /**
   * Each inner list is one engine: addresses to try in order. The first engine names the cluster. None: only agents
   * lead to this cluster.
   */
  readonly engines: readonly (readonly EngineAddress[])[];
  /** Folder with ca.pem, cert.pem and key.pem for engines reached with TLS. */
  readonly certPath: string | null;
  readonly colors: ColorStore;
  /** Where changes are kept; null keeps none. */
  readonly history: HistoryTables | null;
  readonly events: EventsTable;
  /** Where the last lines of failed tasks are kept; without it they are not. */
  readonly lastLines?: LastLinesTable;
  /** Logins that are kept for registries; without it there are none. */
  readonly registryAuth?: ActionContext["registryAuth"];
  /** Left out: they may not. See ActionContext. */
  readonly operatorHostAccess?: boolean;
  readonly log: Logger;
  readonly simulated?: boolean;
  /** The name a person gave it; without one it is called after its engine. */
  readonly name?: string;
  readonly demo?: ClusterInfo["demo"];
  readonly linkTiming?: Partial<LinkTiming>;
  /** Still counts as watched this long after the last subscriber left, ms: pages change. */
  readonly lingerMs?: number;
}

/** The live side of a cluster: its picture, kept true, and what actions need. It runs until `stop`. */
export interface LiveCluster extends Pick<Cluster, "id" | "model" | "since" | "subscribe" | "connectNow"> {
  readonly actions: ActionContext;
  readonly logs: ClusterLogs;
  readonly resources: Resources;
  readonly events: EventLog;
  readonly links: LinkSet;
  readonly engines: NodeEngines;
  readonly containers: ContainerTable;
  readonly images: ClusterImages;
  readonly usage: ClusterUsage;
  readonly lastLines: LastLines | null;
  /** Calls made to all engines since the start. */
  engineCalls(): number;
  setDemo(demo: ClusterInfo["demo"]): void;
  setAgents(agents: Omit<ClusterInfo["agents"], "changes">): void;
  rename(name: string): void;
  stop(): Promise<void>;
}
