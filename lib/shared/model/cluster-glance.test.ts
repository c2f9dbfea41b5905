import { describe, expect, test } from "vitest";
import "../i18n/pages/home.ts";
import { say } from "../i18n/phrase.ts";
import { t } from "../i18n/translate.ts";
import { clusterGlance } from "./cluster-glance.ts";
import { aModel, aNode, aService, aTask } from "./testing/build.ts";
import type { ClusterInfo, ClusterModel } from "./types.ts";

const now = 10_000_000;
const agents = { connected: 0, known: 0, waiting: 0, changes: 0 };
const withInfo = (model: ClusterModel, info: Partial<ClusterInfo>): ClusterModel => ({
  ...model,
  info: { ...model.info, ...info },
});
const spoken = (model: ClusterModel) => {
  const { tone, word, sentence } = clusterGlance(model, [], now);
  return [tone, say(t, word), sentence && say(t, sentence)];
};

const well = aModel({
  nodes: [aNode({ id: "n1", name: "n1" })],
  services: [aService({ replicas: 2 })],
  tasks: [aTask({ slot: 1 }), aTask({ slot: 2 })],
});

describe("a cluster at a glance", () => {
  test("well, with its numbers", () => {
    expect(spoken(well)).toEqual(["ok", "Well", null]);
    expect(clusterGlance(well, [], now)).toMatchObject({
      nodes: { ready: 1, total: 1 },
      services: 1,
      tasks: { running: 2, desired: 2 },
    });
  });

  test("a node that is down comes before services and agents", () => {
    const model = aModel({
      nodes: [aNode({ id: "n1", name: "n1", state: "down" }), aNode({ id: "n2", name: "n2", state: "down" })],
      services: [aService({ replicas: 2 })],
    });
    expect(spoken(model)).toEqual(["bad", "Needs a look", "n1 and 1 more node do not answer."]);
  });

  test("a service in trouble is named with its word", () => {
    const model = aModel({
      nodes: [aNode({ id: "n1" })],
      services: [aService({ replicas: 1 })],
      tasks: [aTask({ slot: 1, state: "failed", desired: "shutdown", exitCode: 1, failures: 3 })],
    });
    const [tone, word, sentence] = spoken(model);
    expect([tone, word]).toEqual(["bad", "Needs a look"]);
    expect(sentence).toMatch(/^api: \w+\.$/);
  });

  test("agents that wait or are away", () => {
    const waiting = withInfo(well, { agents: { ...agents, known: 2, connected: 2, waiting: 1 } });
    expect(spoken(waiting)[2]).toBe("An agent with another key than its node's waits for you.");
    const away = withInfo(well, { agents: { ...agents, known: 3, connected: 2 } });
    expect(spoken(away)).toEqual(["warn", "Needs a look", "1 agent is not connected."]);
  });

  test("a cluster of agents that has none yet, and one whose agents are all away", () => {
    const empty = withInfo(aModel({}), { phase: "no_engine", viaAgents: true, agents });
    expect(spoken(empty)).toEqual(["warn", "No nodes yet", "No node has reported in yet."]);
    const away = withInfo(empty, { agents: { ...agents, known: 5 } });
    expect(spoken(away)).toEqual(["bad", "Agents away", "None of its 5 agents is connected."]);
    const silent = withInfo(empty, { agents: { ...agents, known: 1, connected: 1 } });
    expect(spoken(silent)[1]).toBe("Not reached");
  });

  test("how it is reached goes before everything else", () => {
    expect(spoken(withInfo(well, { phase: "no_quorum" }))[2]).toContain("Too few managers");
  });
});
