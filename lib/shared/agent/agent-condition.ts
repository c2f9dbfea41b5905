import type { AgentItem } from "../api/agent-types.ts";
import { type Phrase, phrase } from "../i18n/phrase.ts";
import type { Tone } from "../model/task-state.ts";

/**
 * How an agent, and the node behind it, stands; those that need a look first. `engine_silent`: the agent is here and its
 * engine does not answer. `node_down`: the node itself does not answer its swarm, with or without an agent.
 */
export const agentKinds = [
  "waiting", "engine_silent", "node_down", "offline", "revoked", "missing", "connected",
] as const; // biome-ignore format: one line
export type AgentKind = (typeof agentKinds)[number];

export interface AgentCondition {
  readonly kind: AgentKind;
  readonly tone: Tone;
  readonly word: Phrase;
  /** What is meant by it, or what to do; null when the word says it all. */
  readonly cause: Phrase | null;
}

const tones: Readonly<Record<AgentKind, Tone>> = {
  waiting: "warn",
  engine_silent: "bad",
  node_down: "bad",
  offline: "bad",
  revoked: "idle",
  missing: "idle",
  connected: "ok",
};

export function agentCondition(item: AgentItem): AgentCondition {
  const kind = kindOf(item);
  return { kind, tone: tones[kind], word: phrase(`agents.word.${kind}`), cause: causeOf(kind, item) };
}

function kindOf({ status, engineError, nodeState }: AgentItem): AgentKind {
  if (status === "connected") return engineError === null ? "connected" : "engine_silent";
  const isDown = nodeState === "down";
  return (status === "offline" || status === "missing") && isDown ? "node_down" : status;
}

function causeOf(kind: AgentKind, item: AgentItem): Phrase | null {
  switch (kind) {
    case "engine_silent":
      return phrase("agents.cause.engine", { text: item.engineError ?? "" });
    case "node_down":
      return phrase(item.status === "missing" ? "agents.cause.nodeDownMissing" : "agents.cause.nodeDown");
    case "offline":
      return phrase(item.nodeState === "ready" ? "agents.cause.offlineNodeUp" : "agents.cause.offline");
    case "missing":
      return phrase(item.bySocket ? "agents.cause.bySocket" : "agents.cause.missing");
    case "waiting":
      return phrase("agents.cause.waiting");
    case "revoked":
      return phrase("agents.cause.revoked");
    case "connected":
      return item.inSwarm || item.nodeState !== null ? null : phrase("agents.cause.notInSwarm");
  }
}

/** What needs a look first, then by name as the list is. */
export function compareAgents(a: AgentItem, b: AgentItem): number {
  return agentKinds.indexOf(agentCondition(a).kind) - agentKinds.indexOf(agentCondition(b).kind);
}

/** Nodes that the headline names one by one. */
const mostNamed = 4;

/**
 * "3 of 5 nodes are connected; node4: no agent; node5: its engine does not answer." as phrases: the count, and what is
 * wrong with the nodes that are not well.
 */
export function agentsSentence(items: readonly AgentItem[]): {
  readonly head: Phrase;
  readonly parts: readonly Phrase[];
} {
  // A key that waits or is shut out is not a node of its own when another agent speaks for the node.
  const byNode = [...Map.groupBy(items, ({ nodeId }) => nodeId).values()].map(
    (ofNode) => ofNode.toSorted((a, b) => rankForNode(a) - rankForNode(b))[0] as AgentItem,
  );
  const total = byNode.length;
  if (total === 0) return { head: phrase("agents.sentence.nothing"), parts: [] };
  const off = byNode.filter((item) => agentCondition(item).kind !== "connected");
  if (off.length === 0) return { head: phrase("agents.sentence.all", { n: total }), parts: [] };
  if (byNode.every(({ id }) => id === null)) {
    return { head: phrase("agents.sentence.none", { n: total }), parts: [] };
  }
  const named = off.slice(0, off.length > mostNamed ? mostNamed - 1 : mostNamed).map((item) =>
    phrase("agents.sentence.part", {
      name: item.nodeName,
      what: phrase(`agents.short.${agentCondition(item).kind as Exclude<AgentKind, "connected">}`),
    }),
  );
  const more = off.length - named.length;
  return {
    head: phrase("agents.sentence.some", { connected: total - off.length, n: total }),
    parts: more > 0 ? [...named, phrase("agents.sentence.more", { n: more })] : named,
  };
}

function rankForNode(item: AgentItem): number {
  return ["connected", "engine_silent", "node_down", "offline", "waiting", "revoked", "missing"].indexOf(
    agentCondition(item).kind,
  );
}
