import { expect, it } from "vitest";
import { aNode, aTask } from "#lib/shared/model/testing/build.ts";
import type { TaskView } from "#lib/shared/model/types.ts";
import { type Tracks, trackTasks } from "./task-tracks.ts";

const none: Tracks = { tracks: [], untracked: 0 };
const nodes = { n1: aNode(), dead: aNode({ name: "dead", state: "down" }) };
const at = (now: number, isNew: (task: TaskView) => boolean = (task) => task.upToDate) => ({
  nodes,
  startedAt: 1_000,
  now,
  isNew,
});
const phases = ({ tracks }: Tracks, id: string) =>
  tracks.find((track) => track.id === id)?.steps.map((step) => [step.phase, step.at]);

it("writes down what a replaced and a new task do, with the engine's times where they fit", () => {
  const old = aTask({ id: "old", createdAt: 100, since: 200, upToDate: false });
  let tracks = trackTasks(none, [old], at(1_000));
  tracks = trackTasks(tracks, [{ ...old, desired: "shutdown" }], at(2_000));
  const fresh = aTask({ id: "new", createdAt: 2_000, since: 2_100, state: "preparing" });
  tracks = trackTasks(tracks, [{ ...old, desired: "shutdown" }, fresh], at(2_200));
  tracks = trackTasks(tracks, [{ ...fresh, state: "starting", since: 2_500 }], at(3_000));
  tracks = trackTasks(tracks, [{ ...fresh, state: "running", since: 99_000 }], at(4_000));
  expect(phases(tracks, "old")).toEqual([["running", 1_000], ["stopping", 2_000], ["gone", 3_000]]);
  expect(phases(tracks, "new")).toEqual([
    ["waiting", 2_000],
    ["pulling", 2_100],
    ["starting", 2_500],
    ["running", 4_000],
  ]);
  expect(tracks.tracks.map(({ isNew }) => isNew)).toEqual([false, true]);
}); // biome-ignore format: pairs

it("answers the same object when nothing is new", () => {
  const task = aTask({ id: "a" });
  const tracks = trackTasks(none, [task], at(1_000));
  expect(trackTasks(tracks, [task], at(9_000))).toBe(tracks);
});

it("a task that starts its health check is starting; one on a dead node is gone", () => {
  const tracks = trackTasks(
    none,
    [aTask({ id: "a", health: "starting" }), aTask({ id: "b", nodeId: "dead", desired: "shutdown" })],
    at(1_000),
  );
  expect(tracks.tracks.map(({ steps }) => steps.at(-1)?.phase)).toEqual(["starting", "gone"]);
});

it("of something that fails over and over only the latest attempts are kept, and all are counted", () => {
  let tracks = none;
  for (let n = 0; n < 30; n += 1) {
    const task = aTask({ id: `t${n}`, createdAt: 2_000 + n, state: "failed" });
    tracks = trackTasks(tracks, [task], at(3_000 + n));
  }
  expect(tracks.tracks.length).toBeLessThan(12);
  expect(tracks.tracks.reduce((sum, { failedBefore }) => sum + failedBefore + 1, 0)).toBe(30);
  expect(tracks.tracks.at(-1)?.id).toBe("t29");
});

it("counts what has no room", () => {
  const many = Array.from({ length: 1_000 }, (_, n) => aTask({ id: `t${n}`, slot: n + 1 }));
  expect(trackTasks(none, many, at(1_000))).toMatchObject({ untracked: 600 });
});
