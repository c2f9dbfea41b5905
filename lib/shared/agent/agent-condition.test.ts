import { describe, expect, test } from "vitest";
import "../i18n/pages/agents.ts";
import type { AgentItem } from "../api/agent-types.ts";
import { say } from "../i18n/phrase.ts";
import { t } from "../i18n/translate.ts";
import { agentCondition, agentsSentence, compareAgents } from "./agent-condition.ts";

function agent(name: string, more: Partial<AgentItem> = {}): AgentItem {
  return {
    id: `agent-${name}`, status: "connected", nodeId: name, nodeName: name, inSwarm: true, nodeState: "ready",
    bySocket: false, engineError: null, version: "0.1.0", isOtherVersion: false, scope: "exec",
    engineVersion: "29.0.0", address: "10.0.0.1", firstSeenAt: 1, connectedSince: 2, lastSeenAt: 3,
    roundTripMs: 1.2, reconnects: 0, lastError: null, lastErrorAt: null, keyStart: "0123abcd", ...more,
  }; // biome-ignore format: one block
}
const without = (name: string, more: Partial<AgentItem> = {}) =>
  agent(name, { id: null, status: "missing", scope: null, version: null, connectedSince: null, ...more });

const sentence = (...items: AgentItem[]) => {
  const { head, parts } = agentsSentence(items);
  return [head, ...parts].map((part) => say(t, part)).join("; ");
};

describe("the condition of an agent", () => {
  test.each([
    [agent("a"), "connected", "ok"],
    [agent("a", { engineError: "timed out" }), "engine_silent", "bad"],
    [agent("a", { status: "offline" }), "offline", "bad"],
    [agent("a", { status: "offline", nodeState: "down" }), "node_down", "bad"],
    [without("a"), "missing", "idle"],
    [without("a", { nodeState: "down" }), "node_down", "bad"],
    [agent("a", { status: "waiting", nodeState: "down" }), "waiting", "warn"],
    [agent("a", { status: "revoked" }), "revoked", "idle"],
  ] as const)("%#", (item, kind, tone) => {
    expect(agentCondition(item)).toMatchObject({ kind, tone });
  });

  test("a frozen engine behind a living agent is told apart from a dead node, with the engine's words", () => {
    const frozen = agentCondition(agent("a", { engineError: "no answer within 5 s" }));
    expect(frozen.cause && say(t, frozen.cause)).toContain("no answer within 5 s");
    const dead = agentCondition(agent("a", { status: "offline", nodeState: "down" }));
    expect(say(t, dead.word)).not.toBe(say(t, frozen.word));
  });

  test("who waits for a person comes first, who is well last", () => {
    const items = [agent("well"), without("none"), agent("new", { status: "waiting" })];
    expect(items.toSorted(compareAgents).map(({ nodeName }) => nodeName)).toEqual(["new", "none", "well"]);
  });
});

describe("the sentence", () => {
  test("all nodes", () => {
    expect(sentence(agent("a"), agent("b"))).toBe("2 of 2 nodes are connected.");
  });
  test("names what is wrong with whom", () => {
    const items = [
      agent("a"),
      agent("b"),
      agent("c"),
      without("node4"),
      agent("node5", { engineError: "x" }),
    ];
    expect(sentence(...items)).toBe(
      "3 of 5 nodes are connected; node4: no agent; node5: its engine does not answer",
    );
  });
  test("a second key of a node is not a second node", () => {
    const stranger = agent("a", { id: "agent-other", status: "waiting" });
    expect(sentence(agent("a"), stranger)).toBe("The only node is connected.");
  });
  test("counts what there is no room for", () => {
    const gone = ["a", "b", "c", "d", "e", "f"].map((name) => agent(name, { status: "offline" }));
    expect(sentence(agent("z"), ...gone)).toMatch(/^1 of 7 nodes are connected; a: .*; c: .*; and 3 more$/);
  });
  test("nobody at all, and a swarm without agents", () => {
    expect(sentence()).toBe("No node has reported in yet.");
    expect(sentence(without("a"), without("b"))).toBe("None of the 2 nodes has an agent yet.");
  });
});
