import { describe, expect, it } from "vitest";
import { say } from "./i18n/phrase.ts";
import { t } from "./i18n/translate.ts";
import type { NodeView, ServiceView, TaskView } from "./model/types.ts";
import { eligibleNodes, scaleWarningPhrase, scaleWarnings } from "./placement.ts";
import { matchesConstraints } from "./placement-constraints.ts";

const GB = 1024 ** 3;

function node(id: string, more: Partial<NodeView> = {}): NodeView {
  const facts = {
    id,
    name: id,
    role: "worker",
    state: "ready",
    availability: "active",
    address: "10.0.0.7",
    os: "linux",
    arch: "x86_64",
    labels: {},
    engineLabels: {},
    nanoCpus: 2e9,
    memoryBytes: 4 * GB,
    genericResources: {},
  };
  return { ...facts, ...more } as NodeView;
}

function service(more: Partial<ServiceView> = {}): ServiceView {
  const facts = {
    id: "s1",
    name: "web",
    mode: "replicated",
    genericResources: {},
    constraints: [],
    platforms: [],
    ports: [],
    maxReplicasPerNode: 0,
    reservedNanoCpus: 0,
    reservedMemoryBytes: 0,
  };
  return { ...facts, ...more } as unknown as ServiceView;
}

function task(
  serviceId: string,
  nodeId: string,
  memoryBytes: number,
  more: Partial<TaskView> = {},
): TaskView {
  const id = `${serviceId}-${Math.random()}`;
  return {
    id,
    serviceId,
    nodeId,
    memoryBytes,
    nanoCpus: 0,
    state: "running",
    desired: "running",
    ...more,
  } as TaskView;
}

function picture(nodes: NodeView[], tasks: TaskView[] = []) {
  return {
    nodes: Object.fromEntries(nodes.map((each) => [each.id, each])),
    services: {},
    tasks: Object.fromEntries(tasks.map((each) => [each.id, each])),
  };
}

function words(...args: Parameters<typeof scaleWarnings>): string[] {
  return scaleWarnings(...args).map((warning) => say(t, scaleWarningPhrase(warning)));
}

describe("matchesConstraints", () => {
  const facts = node("n1", { name: "Alpha", labels: { zone: "a" }, engineLabels: { disk: "ssd" } });
  it.each([
    ["node.labels.zone==a", true],
    ["node.labels.zone == A", true],
    ["node.labels.zone!=a", false],
    ["node.labels.none!=x", true],
    ["node.labels.none==x", false],
    ["engine.labels.disk==ssd", true],
    ["node.hostname==alpha", true],
    ["node.id==n1", true],
    ["node.role==manager", false],
    ["node.role!=manager", true],
    ["node.platform.os==linux", true],
    ["node.platform.arch==X86_64", true],
    ["node.platform.arch==amd64", false],
    ["node.ip==10.0.0.7", true],
    ["node.ip==10.0.0.0/24", true],
    ["node.ip!=10.0.0.0/24", false],
    ["node.ip==10.0.1.0/24", false],
    ["node.ip==10.0.0.0/x", false],
    ["node.colour==red", false],
    ["nonsense", false],
  ])("%s", (constraint, expected) => {
    expect(matchesConstraints(facts, [constraint])).toBe(expected);
  });
});

describe("eligibleNodes", () => {
  it("leaves out nodes that are down, drained or paused", () => {
    const nodes = [
      node("a"),
      node("b", { availability: "drain" }),
      node("c", { availability: "pause" }),
      node("d", { state: "down" }),
    ];
    expect(eligibleNodes(picture(nodes), service()).map((each) => each.id)).toEqual(["a"]);
  });
});

describe("scaleWarnings", () => {
  const three = [node("a"), node("b"), node("c")];

  it("has nothing to say where all have a place, at 0, and without a picture", () => {
    expect(words(picture(three), service(), 100)).toEqual([]);
    expect(words(picture([]), service(), 5)).toEqual([]);
    expect(words(picture([node("a", { state: "down" })]), service(), 0)).toEqual([]);
  });

  it("says that no node fits", () => {
    const none = service({ constraints: ["node.labels.gpu==yes"] });
    expect(words(picture(three), none, 1)).toEqual([
      "No node that takes tasks matches node.labels.gpu==yes: all will wait.",
    ]);
    expect(words(picture([node("a", { availability: "drain" })]), service(), 1)).toEqual([
      "No node takes tasks now: all will wait.",
    ]);
  });

  it("counts max replicas per node and host ports", () => {
    const limited = service({
      maxReplicasPerNode: 2,
      ports: [{ protocol: "tcp", target: 80, published: 8080, mode: "host" }],
    });
    expect(words(picture(three), limited, 7)).toEqual([
      "At most 2 per node on the 3 nodes that fit: 6 can run, 1 will wait.",
      "Port 8080 is published on the node itself and only 3 nodes fit: 4 will wait.",
    ]);
    expect(words(picture(three), limited, 3)).toEqual([]);
  });

  it("does the arithmetic of reservations, own tasks keeping their place", () => {
    const hungry = service({ reservedMemoryBytes: GB });
    // a: 4 GB, 1 own (1 GB) and 2 GB of another: room for 1. b: free, room for 4. c: full of another's.
    const tasks = [
      task("s1", "a", GB),
      task("s2", "a", 2 * GB),
      task("s2", "c", 4 * GB),
      task("s2", "b", 4 * GB, { state: "failed", desired: "shutdown" }),
    ];
    expect(scaleWarnings(picture(three, tasks), hungry, 6)).toEqual([]);
    expect(words(picture(three, tasks), hungry, 8)).toEqual([
      "Each task reserves 1 GB; the 3 nodes that fit have at most 4 GB free: 6 can run, 2 will wait.",
    ]);
  });

  it("takes the scarcer of CPU and memory", () => {
    const both = service({ reservedNanoCpus: 5e8, reservedMemoryBytes: 2 * GB });
    expect(scaleWarnings(picture([node("a")]), both, 3)[0]).toMatchObject({
      kind: "reservations",
      possible: 2,
    });
    expect(words(picture([node("a")]), both, 3)).toEqual([
      "Each task reserves 0.5 CPU and 2 GB; the 1 node that fits has 2 CPU and 4 GB free: 2 can run, 1 will wait.",
    ]);
  });
});
