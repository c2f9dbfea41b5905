import { describe, expect, it } from "vitest";
import { say } from "../i18n/phrase.ts";
import { t } from "../i18n/translate.ts";
import { aModel, aNode, aService, aTask } from "../model/testing/build.ts";
import type { ServiceView, TaskView } from "../model/types.ts";
import { mapTask } from "./map-task.ts";
import { unplacedGroups } from "./unplaced.ts";

const gb = 1024 ** 3;

function groups(service: Partial<ServiceView>, error: string | null, more: Partial<TaskView> = {}) {
  const big = aService({ id: "big", name: "lab_render", stack: "lab", ...service });
  const waiting = (slot: number) =>
    aTask({ serviceId: "big", slot, nodeId: null, state: "pending", error, ...more });
  const model = aModel({
    nodes: [
      aNode({ id: "n1", name: "swarm-1", memoryBytes: 8 * gb }),
      aNode({ id: "n2", name: "swarm-2", memoryBytes: 8 * gb, nanoCpus: 2e9 }),
      aNode({
        id: "n3",
        name: "swarm-3",
        memoryBytes: 64 * gb,
        availability: "drain",
        labels: { printer: "zebra" },
      }),
    ],
    services: [big],
    tasks: [
      aTask({ serviceId: "other", nodeId: "n1", memoryBytes: 5 * gb, nanoCpus: 3e9 }),
      aTask({ serviceId: "other", nodeId: "n2", memoryBytes: 6 * gb }),
      waiting(6),
      waiting(7),
    ],
  });
  const tasks = Object.values(model.tasks).filter((task) => task.serviceId === "big");
  return unplacedGroups(
    model,
    tasks.map((task) => mapTask(task, big, undefined)),
  ).map((group) => [
    group.tasks.length,
    say(t, group.why),
    group.detail === null ? null : say(t, group.detail),
  ]);
}

const noMemory = "no suitable node (insufficient resources on 2 nodes; 1 node not available for new tasks)";

describe("unplacedGroups", () => {
  it("does the arithmetic of memory, without nodes that take nothing", () => {
    expect(groups({ reservedMemoryBytes: 4 * gb }, noMemory)).toEqual([
      [2, "not enough memory on 2 nodes", "Each needs 4 GB. Most free: 3 GB, on swarm-1."],
    ]);
  });

  it("does the arithmetic of CPU", () => {
    expect(groups({ reservedNanoCpus: 3e9 }, noMemory)).toEqual([
      [2, "not enough CPU on 2 nodes", "Each needs 3 CPU. Most free: 2 CPU, on swarm-2."],
    ]);
  });

  it("says so when CPU and memory are free, but not on one node", () => {
    const [group] = groups({ reservedNanoCpus: 2e9, reservedMemoryBytes: 3 * gb }, noMemory);
    expect(group?.[2]).toBe("No node has enough CPU and memory free at the same time.");
  });

  it("names the label no node has", () => {
    const error = "no suitable node (scheduling constraints not satisfied on 3 nodes)";
    expect(groups({ constraints: ["node.labels.gpu == true"] }, error)).toEqual([
      [2, "No node has gpu=true", "Its placement asks for it."],
    ]);
    expect(groups({ constraints: ["node.role != worker"] }, error)[0]?.[1]).toBe(
      "no node matches node.role != worker",
    );
  });

  it("names the node that has the label and takes no tasks now", () => {
    const error =
      "no suitable node (1 node not available for new tasks; scheduling constraints not satisfied on 2 nodes)";
    expect(groups({ constraints: ["node.labels.printer == zebra"] }, error)).toEqual([
      [2, "No node with printer=zebra takes tasks now", "swarm-3 has all it asks for, and is drained."],
    ]);
    const both = ["node.labels.printer == zebra", "node.labels.gpu == true"];
    expect(groups({ constraints: both }, error)[0]?.[2]).toBe("Its placement asks for it.");
  });

  it("says the limit of replicas per node", () => {
    const error = "no suitable node (max replicas per node limit exceed)";
    expect(groups({ maxReplicasPerNode: 1 }, error)[0]?.[2]).toBe("At most 1 replica per node.");
  });

  it("keeps drained nodes as the reason when there is no other", () => {
    expect(groups({}, "no suitable node (3 nodes not available for new tasks)")[0]?.[1]).toBe(
      "3 nodes take no new tasks",
    );
  });

  it("says that a task just made is not placed yet, and that a node has gone", () => {
    expect(groups({}, null)[0]?.slice(1)).toEqual(["not placed yet", null]);
    expect(groups({}, null, { nodeId: "gone", state: "running" })[0]?.[1]).toBe(
      "its node is no longer in the swarm",
    );
  });
});
