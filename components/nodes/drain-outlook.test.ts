import { describe, expect, it } from "vitest";
import { aModel, aNode, aService, aTask } from "#lib/shared/model/testing/build.ts";
import { drainOutlook } from "./drain-outlook.ts";

const gb = 1024 ** 3;
const leaving = aNode({ id: "n1", name: "n1" });

describe("drainOutlook", () => {
  it("counts what moves, what waits for room and what ends", () => {
    const model = aModel({
      nodes: [leaving, aNode({ id: "n2", name: "n2", memoryBytes: 4 * gb })],
      services: [aService({ id: "big" }), aService({ id: "all", mode: "global", replicas: null })],
      tasks: [
        aTask({ serviceId: "big", slot: 1, memoryBytes: 3 * gb }),
        aTask({ serviceId: "big", slot: 2, memoryBytes: 3 * gb }),
        aTask({ serviceId: "all", slot: null }),
        aTask({ serviceId: "all", slot: null, nodeId: "n2" }),
        aTask({ serviceId: "big", slot: 3, state: "failed" }),
        aTask({ serviceId: "big", slot: 4, desired: "shutdown" }),
      ],
    });
    expect(drainOutlook(model, leaving)).toEqual({ moves: 1, waits: 1, ends: 1 });
  });

  it("minds constraints, drained nodes and the most replicas a node may have", () => {
    const model = aModel({
      nodes: [
        leaving,
        aNode({ id: "n2", name: "n2", labels: { gpu: "true" } }),
        aNode({ id: "n3", name: "n3", availability: "drain" }),
      ],
      services: [
        aService({ id: "gpu", constraints: ["node.labels.gpu==true"], maxReplicasPerNode: 1 }),
        aService({ id: "no", constraints: ["node.labels.gpu==false"] }),
      ],
      tasks: [
        aTask({ serviceId: "gpu", slot: 1 }),
        aTask({ serviceId: "gpu", slot: 2 }),
        aTask({ serviceId: "no", slot: 1 }),
      ],
    });
    expect(drainOutlook(model, leaving)).toEqual({ moves: 1, waits: 2, ends: 0 });
  });

  it("has nothing to say about an empty node", () => {
    expect(drainOutlook(aModel({ nodes: [leaving] }), leaving)).toEqual({ moves: 0, waits: 0, ends: 0 });
  });
});
