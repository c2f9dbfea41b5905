import { expect, it } from "vitest";
import type { OperationDetail, TaskStep, TaskTrack } from "../api/history.ts";
import { say } from "../i18n/phrase.ts";
import { t } from "../i18n/translate.ts";
import { lanesOf } from "./lanes.ts";

const track = (fields: Partial<TaskTrack>, ...steps: [TaskStep["phase"], number][]): TaskTrack => ({
  id: `${fields.slot} ${fields.isNew}`,
  slot: 1,
  nodeId: "n1",
  imageTag: "1",
  isNew: true,
  failedBefore: 0,
  ...fields,
  steps: steps.map(([phase, at]) => ({ phase, at })),
});
const operation = (tracks: TaskTrack[], endedAt: number | null = null): OperationDetail => ({
  id: 1, kind: "update", service: { id: "s1", name: "web" }, userName: null, via: "outside", revision: 1,
  startedAt: 10_000, endedAt, state: "running", words: { key: "history.words.beginning" },
  change: { fromImage: "1", toImage: "2", fromReplicas: 3, toReplicas: 3, replacesTasks: true },
  tracks, untracked: 0, failure: null, done: 0, total: 0,
}); // biome-ignore format: short
const old = { isNew: false };
const told = (tracks: TaskTrack[], endedAt: number | null = null) =>
  lanesOf(operation(tracks, endedAt), 40_000, (id) => id).lanes.map((lane) => [
    lane.segments.map(({ phase }) => phase).join(" "),
    lane.note === null ? "" : say(t, lane.note),
  ]);

it("one lane per slot, in order, from the old task to the new one, with what it took", () => {
  const tracks = [
    track({ slot: 10, ...old }, ["running", 10_000]),
    track({ slot: 1, ...old }, ["running", 10_000], ["stopping", 12_000], ["gone", 14_000]),
    track({ slot: 1 }, ["waiting", 12_100], ["pulling", 14_000], ["starting", 16_000], ["running", 20_000]),
    track({ slot: 2, ...old }, ["running", 10_000], ["stopping", 21_000], ["gone", 22_000]),
    track({ slot: 2 }, ["waiting", 21_000], ["starting", 35_000]),
  ];
  expect(told(tracks)).toEqual([
    ["old stopping waiting pulling starting running", "took 8 s"],
    ["old stopping waiting starting", "starting 5 s"],
    ["old", "to come"],
  ]);
  expect(told(tracks, 41_000).at(-1)).toEqual(["old", "kept"]);
});

it("attempts that fail are seen until the next one begins, and counted", () => {
  const tracks = [
    track({ ...old }, ["running", 10_000], ["stopping", 11_000], ["gone", 12_000]),
    track({ id: "a", failedBefore: 3 }, ["starting", 12_000], ["failed", 13_000]),
    track({ id: "b" }, ["waiting", 15_000], ["starting", 18_000], ["rejected", 19_000]),
  ];
  expect(told(tracks)).toEqual([
    ["old stopping starting failed waiting starting rejected", "failed 5 times"],
  ]);
});

it("what a scale does not touch says nothing", () => {
  const tracks = [track({ slot: 1 }, ["running", 10_000]), track({ slot: 2 }, ["waiting", 11_000], ["running", 13_000])];
  expect(told(tracks)).toEqual([["running", ""], ["waiting running", "took 2 s"]]);
}); // biome-ignore format: pairs

it("above 40 lanes only what moves and what failed is drawn, and the rest is counted", () => {
  const tracks = Array.from({ length: 100 }, (_, index) => {
    const slot = index + 1;
    if (slot === 50) return track({ slot }, ["starting", 30_000]);
    if (slot === 51) return track({ slot }, ["failed", 30_000]);
    return slot < 50
      ? track({ slot }, ["waiting", 11_000], ["running", 12_000])
      : track({ slot, ...old }, ["running", 10_000]);
  });
  const { lanes, hidden } = lanesOf(operation(tracks), 40_000, (id) => id);
  expect(lanes.map(({ slot }) => slot)).toEqual([50, 51]);
  expect(hidden).toEqual({ done: 49, old: 49, kept: 0 });
});
