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

describe("the index after changes", () => {
  const random = (seed: number) => {
    let state = seed;
    return (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state % below;
    };
  };
  const plain = (map: ReadonlyMap<string, readonly { readonly id: string }[]>) =>
    Object.fromEntries([...map].map(([key, list]) => [key, list.map(({ id }) => id)]));

  it("is what a new one would be, whatever comes, changes, moves and goes", () => {
    const next = random(7);
    const task = (id: string) =>
      aTask({
        id,
        serviceId: `s${next(5)}`,
        nodeId: next(6) === 0 ? null : `n${next(4)}`,
        slot: next(9),
        createdAt: next(50),
      });
    let tasks = aModel({ tasks: Array.from({ length: 60 }, (_, n) => task(`t${n}`)) }).tasks;
    indexModel({ tasks });
    for (let turn = 0; turn < 200; turn += 1) {
      const changed = { ...tasks };
      for (let change = next(4); change > 0; change -= 1) {
        const id = `t${next(80)}`;
        if (next(3) === 0) delete changed[id];
        else changed[id] = task(id);
      }
      tasks = changed;
      const index = indexModel({ tasks });
      // Copies share nothing with what was indexed before.
      const copies = Object.fromEntries(Object.entries(tasks).map(([id, each]) => [id, { ...each }]));
      indexModel(aModel({ tasks: [] }));
      const fresh = indexModel({ tasks: copies });
      expect(plain(index.tasksByService)).toEqual(plain(fresh.tasksByService));
      expect(plain(index.tasksByNode)).toEqual(plain(fresh.tasksByNode));
      expect(index.tasksWithoutNode).toEqual(fresh.tasksWithoutNode);
      indexModel(aModel({ tasks: [] }));
      indexModel({ tasks: { ...tasks } });
      tasks = { ...tasks };
      indexModel({ tasks });
    }
  });

  it("keeps the lists of services and nodes that nothing happened to", () => {
    const tasks = aModel({
      tasks: ["a", "b", "c", "d", "e"].map((id) => aTask({ id, serviceId: `of ${id}`, nodeId: `on ${id}` })),
    }).tasks;
    const before = indexModel({ tasks });
    const after = indexModel({
      tasks: { ...tasks, a: aTask({ id: "a", serviceId: "of a", nodeId: "on b" }) },
    });
    for (const id of ["b", "c", "d", "e"])
      expect(after.tasksByService.get(`of ${id}`)).toBe(before.tasksByService.get(`of ${id}`));
    expect(after.tasksByNode.get("on c")).toBe(before.tasksByNode.get("on c"));
    expect(after.tasksByNode.get("on a")).toBeUndefined();
    expect(after.tasksByNode.get("on b")?.map(({ id }) => id)).toEqual(["a", "b"]);
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
