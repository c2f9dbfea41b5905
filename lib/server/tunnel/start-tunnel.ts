import type { Logger } from "pino";
import { agentsTable } from "#lib/server/db/agents.ts";
import type { ClustersTable } from "#lib/server/db/clusters.ts";
import { loadKeys } from "#lib/server/db/keys.ts";
import type { Db } from "#lib/server/db/open.ts";
import type { UpgradeRoute } from "#lib/server/http/upgrade-router.ts";
import { keyPairOf } from "#lib/tunnel/proofs.ts";
import { admit } from "./admission.ts";
import { createAgentGate, type GateLimits } from "./agent-gate.ts";
import { type Agents, createAgents } from "./agents.ts";
import { ownCluster } from "./cluster-names.ts";
import { createJoinKeys, type JoinKeys } from "./join-keys.ts";

/** Everything about agents: the door they come in by, their keys and their tunnels. */
export interface Tunnel {
  readonly route: UpgradeRoute;
  readonly agents: Agents;
  readonly joinKeys: JoinKeys;
  stop(): void;
}

export interface TunnelOptions {
  readonly db: Db;
  readonly clusters: ClustersTable;
  /** The join key of the server's own cluster as deployed. */
  readonly joinKey: string | null;
  readonly version: string;
  readonly clusterName: (id: string) => string;
  readonly log: Logger;
  readonly limits?: Partial<GateLimits>;
  readonly now?: () => number;
}

export function startTunnel(options: TunnelOptions): Tunnel {
  const { db, log, now = Date.now } = options;
  const keys = loadKeys(db);
  const table = agentsTable(db);
  const joinKeys = createJoinKeys({
    table: options.clusters,
    sealKey: keys.joinKeyKey,
    configured: options.joinKey === null ? null : { cluster: ownCluster, key: options.joinKey },
    now,
  });
  const agents = createAgents({ table, log, now });
  const gate = createAgentGate({
    version: options.version,
    serverKey: keyPairOf(keys.agentServerKey),
    clusterName: options.clusterName,
    agents,
    log,
    ...(options.limits && { limits: options.limits }),
    judge: (address, challenge, hello, facts) => {
      const verdict = admit({ agents: table, joinKey: joinKeys.byId, now }, challenge, hello, facts, address);
      if (!verdict.ok) agents.refused(hello.publicKey);
      return verdict;
    },
  });
  return {
    route: gate.route,
    agents,
    joinKeys,
    stop() {
      gate.close();
      agents.stop();
    },
  };
}
