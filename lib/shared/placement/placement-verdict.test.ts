import { describe, expect, it } from "vitest";
import { say } from "../i18n/phrase.ts";
import { t } from "../i18n/translate.ts";
import { aModel, aNode, aService, aTask } from "../model/testing/build.ts";
import type { NodeView, ServiceView, TaskView } from "../model/types.ts";
import { filterOf } from "./node-verdict.ts";
import { obstacleInWords } from "./obstacle-words.ts";
import { placementVerdict } from "./placement-verdict.ts";

const gb = 1024 ** 3;
const port = { protocol: "tcp", target: 80, published: 8080, mode: "host" } as const;

interface Case {
  node?: Partial<NodeView>;
  service?: Partial<ServiceView>;
  /** Tasks on the node. */
  tasks?: readonly Partial<TaskView>[];
}

function modelOf({ node, service, tasks = [] }: Case) {
  return aModel({
    nodes: [aNode({ id: "n1", name: "n1", ...node })],
    services: [
      aService({ id: "s1", ...service }),
      aService({ id: "s2", name: "shop_web", ports: [port], genericResources: { gpu: 1 } }),
    ],
    tasks: tasks.map((task) => aTask({ nodeId: "n1", serviceId: "s2", ...task })),
  });
}

/** What the one node says, in words; empty: it fits. */
function verdict(given: Case): readonly string[] {
  const model = modelOf(given);
  const found = placementVerdict(model, model.services.s1 as ServiceView).nodes[0]?.obstacles ?? [];
  return found.map((each) => `${filterOf(each)}: ${say(t, obstacleInWords(each, model.services))}`);
}

describe("placementVerdict", () => {
  it.each<[string, Case, readonly string[]]>([
    ["nothing in the way", {}, []],
    ["down", { node: { state: "down" } }, ["unavailable: the node is down"]],
    ["silent", { node: { state: "unknown" } }, ["unavailable: the node does not answer"]],
    ["drained", { node: { availability: "drain" } }, ["unavailable: drained: takes no tasks"]],
    ["paused", { node: { availability: "pause" } }, ["unavailable: paused: takes no new tasks"]],
    [
      "memory that others reserve",
      { service: { reservedMemoryBytes: 4 * gb }, tasks: [{ memoryBytes: 5 * gb }] },
      ["resources: needs 4 GB memory, 3 GB free of 8 GB"],
    ],
    [
      "memory that just fits",
      { service: { reservedMemoryBytes: 3 * gb }, tasks: [{ memoryBytes: 5 * gb }] },
      [],
    ],
    [
      "memory that is missing by less than one can see",
      { service: { reservedMemoryBytes: 3 * gb }, tasks: [{ memoryBytes: 5 * gb + 1024 ** 2 }] },
      ["resources: needs 3 GB memory, 1 MB too little free of 8 GB"],
    ],
    [
      "a task told to stop holds its memory until it is over",
      { service: { reservedMemoryBytes: 4 * gb }, tasks: [{ memoryBytes: 5 * gb, desired: "shutdown" }] },
      ["resources: needs 4 GB memory, 3 GB free of 8 GB"],
    ],
    [
      "a task that is over holds nothing",
      { service: { reservedMemoryBytes: 4 * gb }, tasks: [{ memoryBytes: 5 * gb, state: "failed" }] },
      [],
    ],
    [
      "nothing is reserved, however full the node is",
      { tasks: [{ memoryBytes: 9 * gb, nanoCpus: 9e9 }] },
      [],
    ],
    [
      "CPU",
      { service: { reservedNanoCpus: 2e9 }, tasks: [{ nanoCpus: 3.5e9 }] },
      ["resources: needs 2 CPU, 0.5 CPU free of 4 CPU"],
    ],
    [
      "a generic resource that others have",
      { node: { genericResources: { gpu: 2 } }, service: { genericResources: { gpu: 2 } }, tasks: [{}] },
      ["resources: needs 2 gpu, 1 free of 2"],
    ],
    [
      "a generic resource the node does not offer",
      { service: { genericResources: { gpu: 1 } } },
      ["resources: needs 1 gpu, has none"],
    ],
    [
      "constraints, each by itself",
      {
        node: { labels: { zone: "a" } },
        service: {
          constraints: [
            "node.labels.zone==b",
            "node.labels.disk==ssd",
            "node.colour==red",
            "node.role!=manager",
          ],
        },
      },
      [
        "constraints: node.labels.zone==b: here it is a",
        "constraints: node.labels.disk==ssd: the label is not set",
        "constraints: node.colour==red: swarm does not know this key",
      ],
    ],
    ["a platform by another word", { service: { platforms: ["linux/amd64"] } }, []],
    ["any processor of the system", { service: { platforms: ["linux/"] } }, []],
    [
      "another platform",
      { service: { platforms: ["linux/arm64", "linux/aarch64"] } },
      ["platform: the image is for linux/arm64, the node is linux/amd64"],
    ],
    ["a host port that is free", { service: { ports: [port] } }, []],
    [
      "a host port that is taken",
      { service: { ports: [port] }, tasks: [{}] },
      ["host_port: port 8080/tcp is taken by shop_web"],
    ],
    [
      "the same port of another protocol",
      { service: { ports: [{ ...port, protocol: "udp" }] }, tasks: [{}] },
      [],
    ],
    [
      "the same port in ingress mode",
      { service: { ports: [{ ...port, mode: "ingress" }] }, tasks: [{}] },
      [],
    ],
    [
      "the limit per node",
      { service: { maxReplicasPerNode: 1 }, tasks: [{ serviceId: "s1" }] },
      ["max_replicas: already has 1 task of this service, at most 1 per node"],
    ],
    [
      "the limit per node does not count what swarm no longer wants",
      { service: { maxReplicasPerNode: 1 }, tasks: [{ serviceId: "s1", desired: "shutdown" }] },
      [],
    ],
    [
      "everything at once, in the order of swarm's filters",
      {
        node: { availability: "drain" },
        service: { maxReplicasPerNode: 1, ports: [port], reservedNanoCpus: 9e9, constraints: ["node.id==x"] },
        tasks: [{ serviceId: "s1" }, {}],
      },
      [
        "unavailable: drained: takes no tasks",
        "resources: needs 9 CPU, 4 CPU free of 4 CPU",
        "constraints: node.id==x: here it is n1",
        "host_port: port 8080/tcp is taken by shop_web",
        "max_replicas: already has 1 task of this service, at most 1 per node",
      ],
    ],
  ])("%s", (_, given, expected) => {
    expect(verdict(given)).toEqual(expected);
  });

  it("counts each node once, for its first filter, and puts nodes that fit first", () => {
    const service = aService({ constraints: ["node.labels.a==b"], reservedNanoCpus: 1e9 });
    const model = aModel({
      nodes: [
        aNode({ id: "n1", name: "n1", nanoCpus: 0 }),
        aNode({ id: "n2", name: "n2", nanoCpus: 0 }),
        aNode({ id: "n3", name: "n3" }),
        aNode({ id: "n4", name: "n4", labels: { a: "b" } }),
      ],
      services: [service],
    });
    const { nodes, counts } = placementVerdict(model, service);
    expect([...counts]).toEqual([
      ["resources", 2],
      ["constraints", 1],
    ]);
    expect(nodes.map(({ node }) => node.id)).toEqual(["n4", "n3", "n1", "n2"]);
  });

  it("judges by what the task itself reserves, and a global task on its own node only", () => {
    const service = aService({ mode: "global", replicas: null, reservedMemoryBytes: gb });
    const task = aTask({ slot: null, nodeId: "n2", state: "pending", memoryBytes: 9 * gb });
    const model = aModel({
      nodes: [aNode({ id: "n1", name: "n1" }), aNode({ id: "n2", name: "n2" })],
      services: [service],
      tasks: [task],
    });
    const { nodes } = placementVerdict(model, service, task);
    expect(nodes.map(({ node }) => node.id)).toEqual(["n2"]);
    expect(nodes[0]?.obstacles).toMatchObject([{ kind: "memory", needed: 9 * gb, free: 8 * gb }]);
  });
});
