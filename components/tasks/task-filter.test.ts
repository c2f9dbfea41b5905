import { describe, expect, it } from "vitest";
import { aModel, aNode, aService, aTask } from "#lib/shared/model/testing/build.ts";
import { filterTasks, readTaskFilter, writeTaskFilter } from "./task-filter.ts";
import { taskRows } from "./task-rows.ts";

const model = aModel({
  nodes: [aNode({ id: "n1", name: "swarm-1" }), aNode({ id: "n2", name: "swarm-2" })],
  services: [
    aService({ id: "api", name: "web_api", stack: "web" }),
    aService({ id: "alone", name: "alone", stack: null }),
  ],
  tasks: [
    aTask({ id: "run", serviceId: "api", slot: 1, nodeId: "n1" }),
    aTask({
      id: "wait",
      serviceId: "api",
      slot: 2,
      nodeId: null,
      state: "pending",
      error: "no suitable node",
    }),
    aTask({
      id: "dead",
      serviceId: "alone",
      slot: 1,
      nodeId: "n2",
      state: "failed",
      exitCode: 137,
      since: 9,
    }),
  ],
});
const earlier = [
  aTask({ id: "old", serviceId: "alone", nodeId: "n2", state: "failed", exitCode: 1, since: 5 }),
  aTask({ id: "older", serviceId: "alone", nodeId: "n2", state: "failed", exitCode: 1, since: 3 }),
  aTask({ id: "dead", serviceId: "alone", nodeId: "n2", state: "failed", exitCode: 137, since: 9 }),
  aTask({ id: "orphan", serviceId: "removed", state: "failed" }),
];

const ids = (query: string, history = earlier.slice(0, 0)) =>
  filterTasks(taskRows(model, history), readTaskFilter(new URLSearchParams(query))).map(
    (row) => row.line.task.id,
  );

describe("taskRows", () => {
  it("has trouble first, and earlier tasks, each once, before what just runs", () => {
    expect(ids("")).toEqual(["dead", "wait", "run"]);
    expect(ids("", earlier)).toEqual(["dead", "wait", "old", "older", "run"]);
  });
});

describe("filterTasks", () => {
  it.each([
    ["q=API.1", ["run"]],
    ["q=killed", ["dead"]],
    ["q=swarm-2+exit", ["dead"]],
    ["state=waiting&state=running", ["wait", "run"]],
    ["service=web_api&node=-", ["wait"]],
    ["node=swarm-1&node=swarm-2", ["dead", "run"]],
    ["stack=-", ["dead"]],
    ["stack=web&state=failed", []],
  ])("%s", (query, expected) => {
    expect(ids(query)).toEqual(expected);
  });

  it("keeps what else the address says", () => {
    const query = new URLSearchParams("q=a&state=failed&service=x&task=t1&earlier=1");
    const filter = readTaskFilter(query);
    expect(writeTaskFilter(new URLSearchParams("task=t1&earlier=1&node=old"), filter).toString()).toBe(
      "task=t1&earlier=1&q=a&state=failed&service=x",
    );
    expect(readTaskFilter(writeTaskFilter(query, filter))).toEqual(filter);
  });
});
