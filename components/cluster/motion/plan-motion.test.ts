import { describe, expect, it } from "vitest";
import { aModel, aNode, aService, aTask } from "#lib/shared/model/testing/build.ts";
import type { TaskView } from "#lib/shared/model/types.ts";
import { MotionBudget, mostAnimated } from "./motion-budget.ts";
import { type MotionContext, planMotion } from "./plan-motion.ts";

const nodes = [aNode({ id: "n1", name: "n1" }), aNode({ id: "n2", name: "n2" })];
const services = [aService({ id: "s1", color: { hue: 9, marking: 0 } })];
const picture = (...tasks: TaskView[]) => aModel({ nodes, services, tasks });
const calm: MotionContext = { now: 100_000, room: mostAnimated, shakenAt: new Map() };
const plan = (before: TaskView[], after: TaskView[], context = calm) =>
  planMotion(picture(...before), picture(...after), context);

const old = aTask({ id: "old", slot: 1, nodeId: "n1", createdAt: 1000 });
const fresh = aTask({ id: "fresh", slot: 1, nodeId: "n2", createdAt: 99_900, state: "starting" });
const leaving: TaskView = { ...old, desired: "shutdown" };

describe("one task", () => {
  it.each<[string, TaskView[], TaskView[], object[]]>([
    ["nothing when nothing changed", [old], [old], []],
    ["appears when it is new in its slot", [], [fresh], [{ kind: "appear", taskId: "fresh" }]],
    [
      "appears while it has no node yet",
      [],
      [{ ...fresh, nodeId: null, state: "pending" }],
      [{ kind: "appear", taskId: "fresh" }],
    ],
    [
      "is ready when it runs after starting",
      [fresh],
      [{ ...fresh, state: "running" }],
      [{ kind: "ready", taskId: "fresh" }],
    ],
    ["turns when it is to stop", [old], [leaving], [{ kind: "turn", taskId: "old" }]],
    ["leaves when it is gone", [leaving], [], [{ kind: "leave", taskId: "old" }]],
    [
      "fails",
      [old],
      [{ ...old, state: "failed" }],
      [{ kind: "fail", taskId: "old", key: "s1 1", shake: true }],
    ],
    [
      "fails when it was not seen alive",
      [],
      [{ ...fresh, state: "rejected" }],
      [{ kind: "fail", taskId: "fresh", key: "s1 1", shake: true }],
    ],
    ["says nothing about an exit code that comes later", [old], [{ ...old, exitCode: 0 }], []],
  ])("%s", (_what, before, after, expected) => {
    expect(plan(before, after).motions).toEqual(expected);
  });

  it("says nothing about tasks that a node took down with it: they are marked, not moved", () => {
    const down = aModel({ nodes: [aNode({ id: "n1", name: "n1", state: "down" })], services, tasks: [old] });
    expect(planMotion(picture(old), down, calm).motions).toEqual([]);
  });
});

describe("a task in place of another", () => {
  const wake = { kind: "wake", taskId: "fresh", fromId: "old", hue: 9, delayMs: 0 };

  it("swims over from another node, and its origin does not turn besides", () => {
    expect(plan([old], [leaving, fresh]).motions).toEqual([wake]);
  });
  it("swims over from a task that failed earlier", () => {
    expect(plan([{ ...old, state: "failed" }], [fresh]).motions).toEqual([
      wake,
      { kind: "leave", taskId: "old" },
    ]);
  });
  it("swims over when it gets its node only now", () => {
    const pending: TaskView = { ...fresh, nodeId: null, state: "pending" };
    expect(plan([leaving, pending], [leaving, fresh]).motions).toEqual([wake]);
  });
  it("fades in on the same node", () => {
    const here: TaskView = { ...fresh, nodeId: "n1" };
    expect(plan([old], [leaving, here]).motions).toEqual([
      { kind: "turn", taskId: "old" },
      { kind: "replace", taskId: "fresh", fromId: "old" },
    ]);
  });
  it("comes from the newest of several", () => {
    const between = aTask({ id: "between", slot: 1, nodeId: "n1", createdAt: 50_000, state: "failed" });
    expect(plan([leaving, between], [leaving, between, fresh]).motions).toEqual([
      { ...wake, fromId: "between" },
    ]);
  });
  it("is not made up for another slot, or for global services", () => {
    const other: TaskView = { ...fresh, slot: 2 };
    const global: TaskView = { ...fresh, slot: null };
    expect(plan([old], [leaving, other]).motions).toContainEqual({ kind: "appear", taskId: "fresh" });
    expect(plan([{ ...old, slot: null }], [global]).motions).toContainEqual({
      kind: "appear",
      taskId: "fresh",
    });
  });
  it("leaves the unplaced lane when it has waited there, else just appears", () => {
    const pending: TaskView = { ...fresh, nodeId: null, state: "pending" };
    const long = (task: TaskView): TaskView => ({ ...task, createdAt: 60_000 });
    expect(plan([long(pending)], [long(fresh)]).motions).toEqual([{ ...wake, fromId: "fresh" }]);
    expect(plan([pending], [fresh]).motions).toEqual([{ kind: "appear", taskId: "fresh" }]);
  });
});

describe("many tasks", () => {
  const slots = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
  const stood = (n: number) => slots(n).map((slot) => ({ ...old, id: `old${slot}`, slot }));
  const moved = (n: number) =>
    slots(n).flatMap((slot) => [
      { ...leaving, id: `old${slot}`, slot },
      { ...fresh, id: `new${slot}`, slot },
    ]);

  it("leave a drained node one by one, 60 ms apart", () => {
    const { motions, fade } = plan(stood(4), moved(4));
    expect(fade).toBe(false);
    expect(motions.map((motion) => motion.kind === "wake" && motion.delayMs)).toEqual([0, 60, 120, 180]);
  });
  it("are one fade when they are more than may be animated at once", () => {
    expect(plan(stood(mostAnimated), moved(mostAnimated)).motions).toHaveLength(mostAnimated);
    const { motions, fade, nodeIds } = plan(stood(mostAnimated + 1), moved(mostAnimated + 1));
    expect({ motions, fade, nodes: [...nodeIds].sort() }).toEqual({
      motions: [],
      fade: true,
      nodes: ["n1", "n2"],
    });
  });
  it("move as far as there is room, what failed first; the others just change", () => {
    const failed = { ...old, id: "old9", slot: 9 };
    const { motions, fade } = plan([...stood(2), failed], [...moved(2), { ...failed, state: "failed" }], {
      ...calm,
      room: 2,
    });
    expect(fade).toBe(false);
    expect(motions.map(({ kind, taskId }) => [kind, taskId])).toEqual([
      ["fail", "old9"],
      ["wake", "new1"],
    ]);
    expect(plan(stood(2), moved(2), { ...calm, room: 0 })).toMatchObject({ motions: [], fade: false });
  });
  it("let their neighbours slide only while there is much room", () => {
    const slides = (room: number) => plan(stood(2), moved(2), { ...calm, room }).slide;
    expect([mostAnimated, 20, 19].map(slides)).toEqual([true, true, false]);
  });
  it("have room for one whole change, and then for six a second", () => {
    const budget = new MotionBudget();
    expect(budget.room(0)).toBe(mostAnimated);
    budget.spend(mostAnimated);
    expect([0, 100, 500, 1_000].map((now) => budget.room(now))).toEqual([0, 0, 3, 6]);
    expect(budget.room(60_000)).toBe(mostAnimated);
  });
});

describe("shaking", () => {
  const failing = [{ ...old, state: "failed" as const }];
  const shakes = (shakenAt: number) =>
    plan([old], failing, { ...calm, shakenAt: new Map([["s1 1", shakenAt]]) }).motions;
  it("does not happen again within 30 s for the same slot", () => {
    expect(shakes(calm.now - 29_000)).toEqual([{ kind: "fail", taskId: "old", key: "s1 1", shake: false }]);
    expect(shakes(calm.now - 30_000)).toEqual([{ kind: "fail", taskId: "old", key: "s1 1", shake: true }]);
  });
});

it("another cluster is another picture, not a change", () => {
  const other = aModel({ nodes, services, tasks: [fresh], info: { id: "demo" } });
  expect(planMotion(picture(old), other, calm).motions).toEqual([]);
});
