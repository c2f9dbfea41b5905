import { describe, expect, it } from "vitest";
import { say } from "../i18n/phrase.ts";
import { t } from "../i18n/translate.ts";
import { clusterSentence, healthOfAll } from "./cluster-summary.ts";
import { aModel, aNode, aService, aTask } from "./testing/build.ts";

const now = 10_000_000;
const spoken = (model: ReturnType<typeof aModel>) =>
  say(t, clusterSentence(model, healthOfAll(model, now), now));

const twoTasks = {
  services: [aService({ replicas: 2 })],
  tasks: [aTask({ slot: 1 }), aTask({ slot: 2 })],
};

describe("healthOfAll", () => {
  const kinds = (model: ReturnType<typeof aModel>, at: number) =>
    [...healthOfAll(model, at).values()].map(({ kind }) => kind);
  const soon = (over: Partial<Parameters<typeof aTask>[0]>) =>
    aModel({
      nodes: [aNode({ id: "n1" })],
      services: [aService({ replicas: 1 })],
      tasks: [aTask({ slot: 1, ...over })],
    });

  it.each([
    [
      "a place that is not found yet",
      { nodeId: null, state: "pending" as const, createdAt: now },
      "starting",
      6_000,
      "waiting",
    ],
    [
      "a task that broke before and stays",
      { failures: 3, failuresSince: now - 30_000, since: now },
      "failing",
      70_000,
      "healthy",
    ],
  ])("judges anew when time alone changes the answer: %s", (_, over, before, later, after) => {
    const model = soon(over);
    expect(kinds(model, now)).toEqual([before]);
    expect(kinds(model, now + later)).toEqual([after]);
  });

  it("keeps what has nothing to do with time", () => {
    const model = soon({});
    const [before] = healthOfAll(model, now).values();
    expect([...healthOfAll(model, now + 86_400_000).values()]).toEqual([before]);
    expect([...healthOfAll(model, now + 86_400_000).values()][0]).toBe(before);
  });
});

describe("clusterSentence", () => {
  it("says that all is well", () => {
    expect(spoken(aModel({ nodes: [aNode({ id: "n1" })], ...twoTasks }))).toBe("All 2 tasks are running.");
  });

  it("counts what does not run", () => {
    const model = aModel({
      nodes: [aNode({ id: "n1" })],
      services: [
        aService({ id: "a", replicas: 1 }),
        aService({ id: "b", replicas: 2 }),
        aService({ id: "c", replicas: 0 }),
      ],
      tasks: [
        aTask({ serviceId: "a", state: "preparing" }),
        aTask({ serviceId: "b", slot: 1 }),
        aTask({ serviceId: "b", slot: 2, nodeId: null, state: "pending", error: "no suitable node" }),
      ],
    });
    expect(spoken(model)).toBe("1 of 3 tasks are running.");
  });

  it.each([
    ["some seconds", 12_000, "All 2 tasks are running."],
    ["more than a minute", 61_000, "0 of 2 tasks are running."],
  ])("takes nodes that are silent for %s at what is known of them", (_, silentMs, expected) => {
    const silent = aNode({ id: "n1", state: "unknown", stateSince: now - silentMs });
    expect(spoken(aModel({ nodes: [silent], ...twoTasks }))).toBe(expected);
  });

  it("does not presume anything of a node that is down", () => {
    const down = aNode({ id: "n1", state: "down", stateSince: now - 1000 });
    expect(spoken(aModel({ nodes: [down], ...twoTasks }))).toBe("0 of 2 tasks are running.");
  });

  it("has a sentence for an empty cluster", () => {
    expect(spoken(aModel({}))).toBe("No tasks are wanted.");
  });
});
