import type { AgentItem, AgentStatus } from "#lib/shared/api/agent-types.ts";
import type { ClusterModel, LinkView, NodeView } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import { type AgentState, agentIdOf } from "./agents.ts";

/** Every agent of a cluster, and every node of its swarm that has none, by node name. Pure. */
export function agentItems(
  model: ClusterModel,
  agents: readonly AgentState[],
  serverVersion: string,
): readonly AgentItem[] {
  const links = model.info.links;
  const items = agents.map((agent) => ofAgent(model, agent, links, serverVersion));
  const seen = new Set(items.map(({ nodeId }) => nodeId));
  const missing = Object.values(model.nodes).filter(({ id }) => !seen.has(id));
  return [...items, ...missing.map((node) => withoutAgent(node, links))].sort(
    (a, b) => compareNatural(a.nodeName, b.nodeName) || compareNatural(a.id ?? "", b.id ?? ""),
  );
}

function statusOf({ row, connectedSince }: AgentState): AgentStatus {
  if (row.state !== "accepted") return row.state;
  return connectedSince === null ? "offline" : "connected";
}

function isBySocket(links: readonly LinkView[], nodeId: string): boolean {
  return links.some((link) => link.nodeId === nodeId && link.ok && !link.id.startsWith("agent-"));
}

function ofAgent(
  model: ClusterModel,
  agent: AgentState,
  links: readonly LinkView[],
  serverVersion: string,
): AgentItem {
  const { row, connectedSince, roundTripMs, reconnects } = agent;
  const id = agentIdOf(row.publicKey);
  const link = links.find((each) => each.id === id);
  // The engine itself says it when it joins or leaves a swarm; the agent has said it at its last greeting.
  const nodeId = link?.nodeId ?? row.nodeId;
  const node = model.nodes[nodeId];
  return {
    id,
    status: statusOf(agent),
    nodeId,
    nodeName: node?.name ?? row.facts.name,
    inSwarm: node !== undefined,
    nodeState: node?.state ?? null,
    bySocket: isBySocket(links, nodeId),
    engineError: connectedSince !== null && link && !link.ok ? link.error : null,
    version: row.facts.version,
    isOtherVersion: row.facts.version !== serverVersion,
    scope: row.facts.scope,
    engineVersion: row.facts.engineVersion,
    address: row.address,
    firstSeenAt: row.firstSeenAt,
    connectedSince,
    lastSeenAt: row.lastSeenAt,
    roundTripMs: roundTripMs === null ? null : Math.round(roundTripMs * 10) / 10,
    reconnects,
    lastError: row.lastError,
    lastErrorAt: row.lastErrorAt,
    keyStart: row.publicKey.slice(0, 8),
  };
}

function withoutAgent(node: NodeView, links: readonly LinkView[]): AgentItem {
  return {
    id: null,
    status: "missing",
    nodeId: node.id,
    nodeName: node.name,
    inSwarm: true,
    nodeState: node.state,
    bySocket: isBySocket(links, node.id),
    engineError: null,
    version: null,
    isOtherVersion: false,
    scope: null,
    engineVersion: node.engineVersion,
    address: node.address,
    firstSeenAt: null,
    connectedSince: null,
    lastSeenAt: null,
    roundTripMs: null,
    reconnects: 0,
    lastError: null,
    lastErrorAt: null,
    keyStart: null,
  };
}
