import type { Logger } from "pino";
import type { WebSocket } from "ws";
import type { AgentRow, AgentsTable } from "#lib/server/db/agents.ts";
import type { TunnelAddress } from "#lib/server/docker/endpoint.ts";
import { tunnelErrnos } from "#lib/server/docker/errors.ts";
import { createNodeClient } from "#lib/server/docker/node-client.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type AgentSession, type Authority, startAgentSession } from "./agent-session.ts";

/** What follows for a cluster when its agents come, go or are shut out. */
export interface AgentListener {
  /** Its engine may be reached through `target`; asked again for the same id it changes nothing. */
  attach(cluster: string, id: string, target: TunnelAddress): void;
  /** Its tunnel is up. */
  wake(cluster: string, id: string): void;
  detach(cluster: string, id: string): void;
  /** Something the agents page shows has changed. */
  changed(cluster: string): void;
}

/** One agent with what is known of its tunnel. Times are ms since 1970. */
export interface AgentState {
  readonly row: AgentRow;
  readonly connectedSince: number | null;
  readonly roundTripMs: number | null;
  /** Since the server started, after the first. */
  readonly reconnects: number;
}

/** The agents of all clusters: which may come in, and the tunnels of those that are here. */
export interface Agents {
  list(cluster: string): readonly AgentState[];
  /** Takes over the socket of an agent that was let in; an older tunnel of the same agent ends. */
  connected(row: AgentRow, socket: WebSocket): void;
  /** An agent was not let in: a list may show that it waits. */
  refused(publicKey: string): void;
  /** One stream to the agent, or through it to its engine. Rejects while it is away. */
  open(publicKey: string, authority: Authority): ReturnType<AgentSession["open"]>;
  /** Lets a waiting or revoked agent in; any other key of its node is forgotten. Throws not_found. */
  accept(cluster: string, id: string): AgentRow;
  /** Shuts an agent out until it is accepted again. Throws not_found. */
  revoke(cluster: string, id: string): AgentRow;
  /** Forgets an agent: it may come in again with a join key. Throws not_found. */
  forget(cluster: string, id: string): AgentRow;
  forgetCluster(cluster: string): void;
  /** Hands every known agent to the listener; once, at start. */
  listen(listener: AgentListener): void;
  stop(): void;
}

export interface AgentsOptions {
  readonly table: AgentsTable;
  readonly log: Logger;
  readonly now: () => number;
}

/** The id of an agent in the API and of its link: the start of its public key. */
export function agentIdOf(publicKey: string): string {
  return `agent-${publicKey.slice(0, 16)}`;
}

interface Tunnel {
  readonly session: AgentSession;
  /** Asks the agent itself. */
  readonly node: ReturnType<typeof createNodeClient>;
}

export function createAgents({ table, log, now }: AgentsOptions): Agents {
  const tunnels = new Map<string, Tunnel>();
  const connections = new Map<string, number>();
  let listener: AgentListener | null = null;

  function find(cluster: string, id: string): AgentRow {
    const row = table.all().find((each) => each.cluster === cluster && agentIdOf(each.publicKey) === id);
    if (!row) throw new AppError("not_found", t("agents.error.none", { id }));
    return row;
  }

  const open: Agents["open"] = (publicKey, authority) => {
    const tunnel = tunnels.get(publicKey);
    if (tunnel) return tunnel.session.open(authority);
    const error = new Error("the agent is not connected");
    return Promise.reject(Object.assign(error, { code: tunnelErrnos.offline }));
  };

  function attach({ cluster, publicKey, facts }: AgentRow): void {
    const name = t("agents.linkName", { name: facts.name });
    listener?.attach(cluster, agentIdOf(publicKey), {
      kind: "tunnel",
      name,
      open: () => open(publicKey, "docker"),
      nodeApi() {
        const node = tunnels.get(publicKey)?.node;
        const capabilities = table.byKey(publicKey)?.facts.capabilities ?? [];
        if (!node) return null;
        return {
          capabilities,
          get: (path, options) => node.get(path, options),
          send: (...args) => node.send(...args),
          stream: (...args) => node.stream(...args),
        };
      },
    });
  }

  function ended(publicKey: string, session: AgentSession, why: string): void {
    if (tunnels.get(publicKey)?.session !== session) return;
    tunnels.get(publicKey)?.node.close();
    tunnels.delete(publicKey);
    const row = table.byKey(publicKey);
    if (row) table.put({ ...row, lastSeenAt: now(), lastError: why, lastErrorAt: now() });
    if (row) listener?.changed(row.cluster);
  }

  function drop(row: AgentRow, why: string): void {
    tunnels.get(row.publicKey)?.session.end(why);
    listener?.detach(row.cluster, agentIdOf(row.publicKey));
    listener?.changed(row.cluster);
  }

  return {
    list: (cluster) =>
      table
        .all()
        .filter((row) => row.cluster === cluster)
        .map((row) => {
          const session = tunnels.get(row.publicKey)?.session;
          return {
            row,
            connectedSince: session?.since ?? null,
            roundTripMs: session?.roundTripMs() ?? null,
            reconnects: Math.max(0, (connections.get(row.publicKey) ?? 0) - 1),
          };
        }),
    connected(row, socket) {
      const { publicKey, cluster, facts } = row;
      // The old connection may be half dead; the new one has just proved itself.
      tunnels.get(publicKey)?.session.end("a newer connection of the same agent took its place");
      const session = startAgentSession({
        socket,
        name: facts.name,
        log,
        now,
        onEnd: (why) => ended(publicKey, session, why),
      });
      const node = createNodeClient({ name: facts.name, open: () => session.open("node") });
      tunnels.set(publicKey, { session, node });
      connections.set(publicKey, (connections.get(publicKey) ?? 0) + 1);
      log.info({ agent: facts.name, cluster, version: facts.version, scope: facts.scope }, "agent connected");
      attach(row);
      listener?.wake(cluster, agentIdOf(publicKey));
      listener?.changed(cluster);
    },
    refused(publicKey) {
      const row = table.byKey(publicKey);
      if (row) listener?.changed(row.cluster);
    },
    open,
    accept(cluster, id) {
      const row = find(cluster, id);
      for (const other of table.byNode(cluster, row.nodeId)) {
        if (other.publicKey === row.publicKey) continue;
        table.remove(other.publicKey);
        drop(other, "another key was accepted for this node");
      }
      const accepted: AgentRow = { ...row, state: "accepted" };
      table.put(accepted);
      listener?.changed(cluster);
      return accepted;
    },
    revoke(cluster, id) {
      const row: AgentRow = { ...find(cluster, id), state: "revoked" };
      table.put(row);
      drop(row, "its key was revoked");
      return row;
    },
    forget(cluster, id) {
      const row = find(cluster, id);
      table.remove(row.publicKey);
      drop(row, "it was forgotten");
      return row;
    },
    forgetCluster(cluster) {
      for (const row of table.all()) {
        if (row.cluster !== cluster) continue;
        table.remove(row.publicKey);
        drop(row, "its cluster was removed");
      }
    },
    listen(given) {
      listener = given;
      for (const row of table.all()) if (row.state === "accepted") attach(row);
    },
    stop() {
      for (const { session } of [...tunnels.values()]) session.end("the server stops");
      listener = null;
    },
  };
}
