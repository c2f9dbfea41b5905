import { describe, expect, it } from "vitest";
import { nodeCondition, nodeLoad, nodeRank, nodeRoleKind } from "./node-state.ts";
import { aNode, aTask } from "./testing/build.ts";
import type { NodeView } from "./types.ts";

const now = 1_000_000;

describe("nodeCondition", () => {
  it.each<[string, Partial<NodeView>, string, string]>([
    ["ready", {}, "ready", "quiet"],
    ["drained", { availability: "drain" }, "drained", "idle"],
    ["paused", { availability: "pause" }, "paused", "warn"],
    ["down", { state: "down", stateMessage: "heartbeat failure" }, "down", "bad"],
    ["down and drained", { state: "down", availability: "drain" }, "down", "bad"],
    ["just after an election", { state: "unknown", stateSince: now - 12_000 }, "stale", "warn"],
    ["silent for long", { state: "unknown", stateSince: now - 61_000 }, "unknown", "warn"],
    ["silent since before we came", { state: "disconnected" }, "unknown", "warn"],
    ["manager unreachable", { role: "manager", reachability: "unreachable" }, "unreachable", "warn"],
  ])("%s", (_, fields, kind, tone) => {
    const condition = nodeCondition(aNode(fields), now);
    expect([condition.kind, condition.tone]).toEqual([kind, tone]);
  });

  it("ranks down before everything and ready last", () => {
    expect(nodeRank("down")).toBeLessThan(nodeRank("unknown"));
    expect(nodeRank("drained")).toBeLessThan(nodeRank("ready"));
  });
});

it.each<[Partial<NodeView>, string]>([
  [{}, "worker"],
  [{ role: "manager", reachability: "reachable" }, "manager"],
  [{ role: "manager", leader: true, reachability: "reachable" }, "leader"],
  [{ role: "manager", leader: true, state: "down" }, "unreachable"],
  [{ role: "manager", reachability: "unreachable" }, "unreachable"],
])("role mark of %o is %s", (fields, kind) => expect(nodeRoleKind(aNode(fields))).toBe(kind));

it("counts what live tasks reserve and nothing of those that are over", () => {
  const reserve = { nanoCpus: 5e8, memoryBytes: 1024 };
  const load = nodeLoad([
    aTask(reserve),
    aTask({ ...reserve, state: "preparing" }),
    aTask({ ...reserve, state: "failed" }),
    aTask({ ...reserve, state: "shutdown" }),
  ]);
  expect(load).toEqual({ running: 1, live: 2, reservedNanoCpus: 1e9, reservedMemoryBytes: 2048 });
});
