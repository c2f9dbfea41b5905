import type { AgentScope } from "../agent/scope.ts";

/**
 * connected; offline: known, not here; waiting: another key than the one its node is known by, a person decides;
 * revoked: shut out; missing: a node of the swarm on which no agent was ever seen.
 */
export type AgentStatus = "connected" | "offline" | "waiting" | "revoked" | "missing";

/** One agent, or a node without one. Times are ms since 1970. */
export interface AgentItem {
  /** Null for a node without an agent. */
  readonly id: string | null;
  readonly status: AgentStatus;
  readonly nodeId: string;
  readonly nodeName: string;
  /** Is the node part of the swarm as it is now? */
  readonly inSwarm: boolean;
  /** The node itself answers the swarm; null when the swarm does not know it. */
  readonly nodeState: "ready" | "down" | "unknown" | "disconnected" | null;
  /** Shoal reaches this node's engine by a socket of its own. */
  readonly bySocket: boolean;
  /** The agent is here, its engine does not answer: its sentence. */
  readonly engineError: string | null;
  readonly version: string | null;
  /** Another version than the server's. */
  readonly isOtherVersion: boolean;
  readonly scope: AgentScope | null;
  readonly engineVersion: string | null;
  readonly address: string | null;
  readonly firstSeenAt: number | null;
  readonly connectedSince: number | null;
  readonly lastSeenAt: number | null;
  readonly roundTripMs: number | null;
  /** Since the server started. */
  readonly reconnects: number;
  readonly lastError: string | null;
  readonly lastErrorAt: number | null;
  /** The first digits of its key, to compare with what the node's own log says. */
  readonly keyStart: string | null;
}

export interface AgentList {
  readonly items: readonly AgentItem[];
  readonly serverVersion: string;
}

/** Everything needed to add nodes. The key and the texts that carry it are secret. */
export interface JoinInfo {
  readonly key: string;
  readonly expiresAt: number | null;
  /** Where agents dial, as this request reached the server. */
  readonly server: string;
  /** False: whoever can listen on the way can read along. */
  readonly encrypted: boolean;
  /** For a swarm, on a manager: a stack file and the commands that use it. */
  readonly stackFile: string;
  readonly stackCommands: string;
  /** For one engine. */
  readonly runCommand: string;
}
