import { describe, expect, it } from "vitest";
import { aModel, aNode, aService, aTask } from "../model/testing/build.ts";
import { type MapFilter, noFilter } from "./filter-map.ts";
import { byLabel, byRole } from "./group-nodes.ts";
import { mapTask, taskName } from "./map-task.ts";
import { mapView, taskOrder } from "./map-view.ts";
import { schoolsOf } from "./order-tasks.ts";

const api = aService({ id: "api", name: "web_api", stack: "web" });
const db = aService({
  id: "db",
  name: "data_db",
  stack: "data",
  image: { name: "postgres", tag: "17", digest: null },
});
const loose = aService({
  id: "loose",
  name: "loose",
  stack: null,
  image: { name: "nginx", tag: "1", digest: null },
});
const model = aModel({
  nodes: [
    aNode({ id: "n10", name: "swarm-10", labels: { disk: "ssd" } }),
    aNode({ id: "n2", name: "swarm-2" }),
    aNode({ id: "m1", name: "swarm-1", role: "manager", leader: true, reachability: "reachable" }),
    aNode({ id: "n3", name: "swarm-3", availability: "drain" }),
  ],
  services: [api, db, loose],
  tasks: [
    aTask({ id: "a2", serviceId: "api", slot: 2, nodeId: "m1" }),
    aTask({ id: "a1", serviceId: "api", slot: 1, nodeId: "m1" }),
    aTask({ id: "d1", serviceId: "db", nodeId: "m1" }),
    aTask({ id: "l1", serviceId: "loose", nodeId: "m1" }),
    aTask({
      id: "a3",
      serviceId: "api",
      slot: 3,
      nodeId: "m1",
      state: "failed",
      error: "task: non-zero exit (1)",
    }),
    aTask({ id: "d2", serviceId: "db", slot: 2, nodeId: "n10", health: "unhealthy" }),
    aTask({ id: "p1", serviceId: "db", slot: 3, nodeId: null, state: "pending" }),
    aTask({ id: "x1", serviceId: "db", slot: 4, nodeId: null, state: "shutdown" }),
  ],
});

const view = (filter: Partial<MapFilter> = {}, groupBy = byRole) =>
  mapView(model, {
    filter: { ...noFilter, ...filter },
    groupBy,
    healthOf: (id) => (id === "api" ? "failing" : "healthy"),
    now: 0,
  });
const names = (filter?: Partial<MapFilter>, groupBy?: string) =>
  view(filter, groupBy).groups.map((group) => group.nodes.map(({ node }) => node.name));
const tasks = (filter?: Partial<MapFilter>) => taskOrder(view(filter));

describe("mapView", () => {
  it("keeps nodes the same object while nothing of them has changed", () => {
    const node = (of: ReturnType<typeof view>, id: string) =>
      of.groups.flatMap(({ nodes }) => nodes).find((each) => each.node.id === id);
    const before = view();
    const changed = { ...model.tasks.a1, state: "failed" } as (typeof model.tasks)[string];
    const after = mapView(
      { ...model, tasks: { ...model.tasks, a1: changed } },
      { filter: noFilter, groupBy: byRole, healthOf: () => "healthy", now: 0 },
    );
    expect(node(after, "n10")).toBe(node(before, "n10"));
    expect(node(after, "m1")).not.toBe(node(before, "m1"));
    expect(node(after, "m1")?.tasks.map(({ task }) => task.id)).toContain("a1");
  });

  it("puts managers first and nodes in natural order", () => {
    expect(names()).toEqual([["swarm-1"], ["swarm-2", "swarm-3", "swarm-10"]]);
  });

  it("groups by a label, nodes without it last", () => {
    expect(names({}, byLabel("disk"))).toEqual([["swarm-10"], ["swarm-1", "swarm-2", "swarm-3"]]);
    expect(view({}, byLabel("disk")).groups[1]?.title.key).toBe("map.group.withoutLabel");
  });

  it("counts what is drained", () => {
    expect(view().groups[1]?.notes.map(({ key, params }) => [key, params?.n])).toEqual([
      ["map.group.count", 3],
      ["map.group.drained", 1],
    ]);
  });

  it("orders tasks: trouble, then stack, service, slot", () => {
    expect(tasks()).toEqual(["p1", "a3", "l1", "d1", "a1", "a2", "d2"]);
  });

  it("keeps ended tasks without a node out", () => {
    expect(view().unplaced.map((group) => group.tasks.length)).toEqual([1]);
    expect([view().shown, view().total]).toEqual([7, 8]);
  });

  it.each<[string, Partial<MapFilter>, string[]]>([
    ["a word of the service", { text: "api" }, ["a3", "a1", "a2"]],
    ["service and slot", { text: "web_api.2" }, ["a2"]],
    ["every word", { text: "db swarm-10" }, ["d2"]],
    ["a node", { text: "SWARM-10" }, ["d2"]],
    ["an image", { text: "postgres:1.0" }, ["p1", "d1", "d2"]],
    ["an error", { text: "non-zero" }, ["a3"]],
    ["a state", { states: ["failed", "unhealthy"] }, ["a3", "d2"]],
    ["waiting", { states: ["waiting"] }, ["p1"]],
    ["a stack", { stacks: ["web"] }, ["a3", "a1", "a2"]],
    ["no stack", { stacks: ["-"] }, ["l1"]],
    ["a node label", { labels: ["disk=ssd"] }, ["d2"]],
    ["the health of services", { health: ["failing"] }, ["a3", "a1", "a2"]],
    ["two lists at once", { stacks: ["web"], states: ["running"] }, ["a1", "a2"]],
    ["an unknown state", { states: ["bogus"] }, []],
    ["nothing that is there", { text: "zzz" }, []],
  ])("filters by %s", (_name, filter, expected) => {
    expect(tasks(filter)).toEqual(expected);
  });

  it("hides nodes without a match, but keeps an empty node that is named", () => {
    expect(names({ text: "api" })).toEqual([["swarm-1"]]);
    expect(names({ text: "swarm-2" })).toEqual([["swarm-2"]]);
    expect(names({ labels: ["disk=ssd"] })).toEqual([["swarm-10"]]);
  });
});

it("keeps tasks of a service together as a school, in the order of its first task", () => {
  const node = view().groups[0]?.nodes[0];
  expect(schoolsOf(node?.tasks ?? []).map((school) => [school.serviceId, school.tasks.length])).toEqual([
    ["api", 3],
    ["loose", 1],
    ["db", 1],
  ]);
});

it("is the same object while nothing around a task changes", () => {
  const task = aTask({ serviceId: "api" });
  const node = aNode();
  const first = mapTask(task, api, node);
  expect(mapTask(task, api, node)).toBe(first);
  expect(mapTask(task, api, { ...node, state: "down" }).condition.kind).toBe("orphaned");
});

it.each([
  [aTask({ slot: 3 }), false, "web_api.3"],
  [aTask({ slot: 3 }), true, "api.3"],
  [aTask({ slot: null }), true, "api"],
])("names a task", (task, isShort, expected) => {
  expect(taskName({ task, service: api }, isShort)).toBe(expected);
});
