import { describe, expect, it } from "vitest";
import { say } from "../i18n/phrase.ts";
import { t } from "../i18n/translate.ts";
import { taskCondition } from "./task-state.ts";
import { aNode, aTask } from "./testing/build.ts";
import { type NodeView, type TaskView, taskStates } from "./types.ts";

const ready = aNode();
const down = aNode({ state: "down" });
const silent = aNode({ state: "unknown" });

describe("taskCondition", () => {
  it.each<[string, Partial<TaskView>, NodeView | undefined, string, string]>([
    ["no place", { state: "pending", nodeId: null }, undefined, "pending", "waiting"],
    ["pulling", { state: "preparing" }, ready, "starting", "pulling"],
    ["starting", { state: "starting" }, ready, "starting", "starting"],
    ["running", {}, ready, "running", "running"],
    ["running, health unseen", { health: "unseen" }, ready, "running", "running"],
    ["unhealthy", { health: "unhealthy" }, ready, "unhealthy", "unhealthy"],
    ["wanted gone but there", { desired: "shutdown" }, ready, "stopping", "stopping"],
    ["running on a down node", {}, down, "orphaned", "lost"],
    ["asked to stop on a down node", { desired: "shutdown" }, down, "orphaned", "lost"],
    ["node does not answer", {}, silent, "unknown", "unknown"],
    ["node is gone from the swarm", {}, undefined, "unknown", "unknown"],
    ["failed on a down node", { state: "failed", desired: "shutdown" }, down, "failed", "failed"],
    ["rejected", { state: "rejected" }, ready, "rejected", "rejected"],
    ["complete", { state: "complete", desired: "complete" }, ready, "complete", "done"],
    ["ended for its health", { state: "complete", health: "unhealthy" }, ready, "failed", "failed"],
    ["shut down", { state: "shutdown", desired: "shutdown" }, ready, "shutdown", "shut down"],
    ["unknown state", { state: "unknown" }, ready, "unknown", "unknown"],
  ])("%s", (_, fields, node, kind, word) => {
    const condition = taskCondition(aTask(fields), node);
    expect([condition.kind, say(t, condition.word)]).toEqual([kind, word]);
  });

  it("never paints a task of a node that does not answer as running, in any state", () => {
    for (const state of taskStates) {
      expect(taskCondition(aTask({ state }), silent).kind).not.toBe("running");
      expect(taskCondition(aTask({ state }), down).kind).not.toBe("running");
    }
  });
});
