import { expect, it } from "vitest";
import { mapTask } from "#lib/shared/map/map-task.ts";
import type { MapNode } from "#lib/shared/map/map-view.ts";
import { aNode, aService, aTask } from "#lib/shared/model/testing/build.ts";
import { stepDot } from "./dots-list.tsx";

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
