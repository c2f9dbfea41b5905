import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, BlockList } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { clustersTable } from "#lib/server/db/clusters.ts";
import { openDatabase } from "#lib/server/db/open.ts";
import type { TunnelAddress } from "#lib/server/docker/endpoint.ts";
import { createUpgradeRouter } from "#lib/server/http/upgrade-router.ts";
import { agentPath } from "#lib/shared/agent/protocol.ts";
import type { GateLimits } from "../agent-gate.ts";
import { startTunnel, type Tunnel } from "../start-tunnel.ts";

/** The server's half of the tunnel alone, on a port of its own, with what it told its cluster. */
export interface TunnelServer {
  readonly port: number;
  readonly tunnel: Tunnel;
  /** Engines behind agents that were let in, by agent id. */
  readonly targets: ReadonlyMap<string, TunnelAddress>;
  /** Ids of agents whose tunnels came up, in order. */
  readonly ups: readonly string[];
  /** Lines of the log at warn and above. */
  readonly warnings: readonly string[];
  close(): Promise<void>;
}

export interface TunnelServerOptions {
  readonly joinKey: string;
  readonly limits?: Partial<GateLimits>;
  /** Kept by the caller. */
  readonly dataDir?: string;
  readonly port?: number;
  readonly host?: string;
  readonly now?: () => number;
}

export async function startTunnelServer(options: TunnelServerOptions): Promise<TunnelServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "shoal-tunnel-"));
  const db = openDatabase(dataDir);
  const warnings: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void warnings.push(line) });
  const tunnel = startTunnel({
    db,
    clusters: clustersTable(db),
    joinKey: options.joinKey,
    version: "1.2.3",
    clusterName: (id) => id,
    log,
    ...(options.limits && { limits: options.limits }),
    ...(options.now && { now: options.now }),
  });
  const targets = new Map<string, TunnelAddress>();
  const ups: string[] = [];
  tunnel.agents.listen({
    attach: (_cluster, id, target) => void targets.set(id, target),
    wake: (_cluster, id) => void ups.push(id),
    detach: (_cluster, id) => void targets.delete(id),
    changed: () => undefined,
  });
  const router = createUpgradeRouter(
    { trustedProxies: new BlockList(), publicUrl: null, dev: false },
    pino({ level: "silent" }),
  );
  router.add(agentPath, tunnel.route, { machines: true });
  const server = createServer();
  server.on("upgrade", router.listener);
  server.listen(options.port ?? 0, options.host ?? "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    tunnel,
    targets,
    ups,
    warnings,
    async close() {
      tunnel.stop();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
      db.close();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
