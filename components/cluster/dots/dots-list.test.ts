import { expect, it } from "vitest";
import { mapTask } from "#lib/shared/map/map-task.ts";
import type { MapNode } from "#lib/shared/map/map-view.ts";
import { aNode, aService, aTask } from "#lib/shared/model/testing/build.ts";
import { listedNodes, stepDot } from "./dots-list.tsx";

const nodeWith = (name: string, ...ids: string[]): MapNode => {
  const node = aNode({ name });
  return { node, tasks: ids.map((id) => mapTask(aTask({ id, nodeId: name }), aService(), node)) };
};
const nodes = [
  nodeWith("n1", "a", "b", "c"),
  nodeWith("empty"),
  nodeWith("n2", "d"),
  nodeWith("n3", "e", "f"),
];

it.each<[string | null, string, string | null]>([
  [null, "ArrowRight", "a"],
  ["a", "ArrowRight", "b"],
  ["c", "ArrowRight", "d"],
  ["d", "ArrowLeft", "c"],
  ["a", "ArrowLeft", null],
  ["f", "ArrowRight", null],
  ["c", "ArrowDown", "d"],
  ["d", "ArrowDown", "e"],
  ["f", "ArrowUp", "d"],
  ["a", "ArrowUp", null],
  ["b", "End", "f"],
  ["b", "Home", "a"],
  ["gone", "ArrowLeft", "a"],
])("from %s %s goes to %s", (from, key, to) => {
  expect(stepDot(nodes, from, key)).toBe(to);
});

it("lists every task of a cluster of usual size", () => {
  expect(listedNodes(nodes, null).map(({ node, before }) => [node.name, before])).toEqual([
    ["n1", 0],
    ["n2", 3],
    ["n3", 4],
  ]);
});

it("lists of a very big one what is around the active task, with its true place", () => {
  const many = Array.from({ length: 30 }, (_, n) =>
    nodeWith(`m${n}`, ...Array.from({ length: 100 }, (_, i) => `${n}.${i}`)),
  );
  const names = (active: string | null) =>
    listedNodes(many, active).map(({ node, before }) => [node.name, before]);
  expect(names(null)).toEqual([
    ["m0", 0],
    ["m1", 100],
  ]);
  expect(names("7.42")).toEqual([
    ["m6", 600],
    ["m7", 700],
    ["m8", 800],
  ]);
  expect(names("29.99")).toEqual([
    ["m28", 2_800],
    ["m29", 2_900],
  ]);
});
