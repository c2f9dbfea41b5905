import { describe, expect, it } from "vitest";
import { clearName, indexModel, orderedNodes, shortName } from "./index-model.ts";
import { aModel, aNode, aService, aTask } from "./testing/build.ts";

describe("indexModel", () => {
  const tasks = [
    aTask({ id: "b", slot: 2, nodeId: "n1" }),
    aTask({ id: "a", slot: 1, nodeId: null }),
    aTask({ id: "old", slot: 1, createdAt: 1, nodeId: "n1", state: "failed" }),
    aTask({ id: "new", slot: 1, createdAt: 9, nodeId: "n1" }),
    aTask({ id: "x", serviceId: "s2", nodeId: "n2" }),
  ];

  it("groups by service and node, slot by slot, newest attempt first", () => {
    const index = indexModel(aModel({ tasks }));
    expect(index.tasksByService.get("s1")?.map((t) => t.id)).toEqual(["new", "old", "a", "b"]);
    expect(index.tasksByNode.get("n1")?.map((t) => t.id)).toEqual(["new", "old", "b"]);
    expect(index.tasksByNode.get("n3")).toBeUndefined();
  });

  it("answers the same index for the same tasks, and a new one when they changed", () => {
    const model = aModel({ tasks });
    expect(indexModel({ ...model, seq: 2 } as typeof model)).toBe(indexModel(model));
    expect(indexModel({ tasks: { ...model.tasks } })).not.toBe(indexModel(model));
  });
});

it("orders nodes: managers first, then natural order", () => {
  const { nodes } = aModel({
    nodes: [aNode({ name: "swarm-10" }), aNode({ name: "swarm-2" }), aNode({ name: "z", role: "manager" })],
  });
  expect(orderedNodes(nodes).map((n) => n.name)).toEqual(["z", "swarm-2", "swarm-10"]);
});

it.each([
  ["web_api", "web", "api"],
  ["web_api", null, "web_api"],
  ["web_", "web", "web_"],
  ["webby", "web", "webby"],
])("shortName %s of stack %s is %s", (name, stack, expected) => {
  expect(shortName({ name, stack })).toBe(expected);
});

it("a name that two stacks share is said in full", () => {
  const api = aService({ id: "s1", name: "web_api", stack: "web" });
  const other = aService({ id: "s2", name: "shop_api", stack: "shop" });
  expect(clearName({ s1: api }, api)).toBe("api");
  expect(clearName({ s1: api, s2: other }, api)).toBe("web_api");
});
