import { describe, expect, it } from "vitest";
import { aModel, aNode, aService, aTask } from "#lib/shared/model/testing/build.ts";
import { filterRows, readFilter, type ServiceFilter, writeFilter } from "./service-filter.ts";
import { needsAttention, serviceRows } from "./service-rows.ts";

const model = aModel({
  nodes: [aNode({ id: "n1", name: "swarm-1" }), aNode({ id: "n2", name: "swarm-2" })],
  services: [
    aService({ id: "a", name: "web_api" }),
    aService({
      id: "m",
      name: "lab_mailer",
      stack: "lab",
      image: { name: "acme/mailer", tag: "1.9", digest: null },
    }),
    aService({ id: "w", name: "web_worker", replicas: 9 }),
    aService({ id: "z", name: "alone", stack: null, replicas: 0 }),
  ],
  tasks: [
    aTask({ serviceId: "a", nodeId: "n1" }),
    aTask({ serviceId: "m", nodeId: "n2", state: "failed", error: "task: non-zero exit (137)" }),
    aTask({ serviceId: "m", nodeId: "n2", state: "ready", createdAt: 1 }),
    ...Array.from({ length: 8 }, (_, i) => aTask({ serviceId: "w", slot: i + 1, nodeId: "n1" })),
    aTask({ serviceId: "w", slot: 9, nodeId: "n2", state: "preparing" }),
  ],
});
const rows = serviceRows(model, 0);
const nodeNames = new Map(Object.values(model.nodes).map((node) => [node.id, node.name]));
const all: ServiceFilter = { text: "", states: [], stacks: [], nodes: [] };
const names = (filter: Partial<ServiceFilter>) =>
  filterRows(rows, { ...all, ...filter }, nodeNames).map((row) => row.service.name);

describe("serviceRows", () => {
  it("puts trouble first", () => {
    expect(names({})).toEqual(["lab_mailer", "web_worker", "web_api", "alone"]);
    expect(rows.filter(needsAttention)).toHaveLength(2);
  });

  it("shows what broke although the next attempt is on its way, and trouble first where there is no room", () => {
    expect(rows[0]?.marks).toEqual(["failed"]);
    expect(rows[1]?.marks[0]).toBe("starting");
    expect(rows[1]?.marks).toHaveLength(9);
    expect(rows[3]?.marks).toEqual([]);
  });
});

describe("filterRows", () => {
  it.each<[string, Partial<ServiceFilter>, string[]]>([
    ["name", { text: "WEB_api" }, ["web_api"]],
    ["image and words of the cause, all of them", { text: "mailer 137" }, ["lab_mailer"]],
    ["state", { states: ["failing", "off"] }, ["lab_mailer", "alone"]],
    ["stack", { stacks: ["web"] }, ["web_worker", "web_api"]],
    ["no stack", { stacks: ["-"] }, ["alone"]],
    ["node", { nodes: ["swarm-2"] }, ["lab_mailer", "web_worker"]],
    ["several at once", { stacks: ["web"], nodes: ["swarm-2"] }, ["web_worker"]],
    ["nothing", { text: "nope" }, []],
  ])("by %s", (_, filter, expected) => expect(names(filter)).toEqual(expected));
});

it("comes back from the address as it went in", () => {
  const filter: ServiceFilter = {
    text: "a & b=c",
    states: ["failing"],
    stacks: ["web", "-"],
    nodes: ["swarm-1"],
  };
  expect(readFilter(new URLSearchParams(writeFilter(filter).toString()))).toEqual(filter);
  expect(writeFilter(all).toString()).toBe("");
});
