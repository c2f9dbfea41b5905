import { describe, expect, it } from "vitest";
import { packModel, unpackModel } from "./pack-model.ts";
import { aModel, aNode, aService, aTask } from "./testing/build.ts";

const hostile = ["a,b", "", ",", "\u202e\u0000", '"<script>"', "__proto__", "웹"];

describe("a packed picture", () => {
  it("comes back equal, whatever is in it", () => {
    const tasks = hostile.map((text, at) =>
      aTask({
        id: `t${at}`,
        serviceId: at % 2 === 0 ? "s1" : text,
        slot: at === 0 ? null : at,
        error: at < 3 ? null : text,
        since: 1_700_000_000_000 + at * 17,
        createdAt: at === 2 ? 0 : 1_700_000_000_000,
        message: text,
      }),
    );
    const model = aModel({
      nodes: [aNode({ id: "n1", labels: { a: "1", __proto__x: "," } }), aNode({ id: "n2" })],
      services: [
        aService({ id: "s1", ports: [{ protocol: "tcp", target: 80, published: null, mode: "host" }] }),
      ],
      tasks,
    });
    const packed = packModel(model);
    expect(unpackModel(JSON.parse(JSON.stringify(packed)))).toEqual(model);
  });

  it("comes back equal when there is nothing in it, and with one of each", () => {
    for (const model of [
      aModel({}),
      aModel({ nodes: [aNode()], services: [aService()], tasks: [aTask()] }),
    ]) {
      expect(unpackModel(packModel(model))).toEqual(model);
    }
  });

  it("costs little for each further task", () => {
    const many = (n: number) =>
      aModel({
        tasks: Array.from({ length: n }, (_, at) =>
          aTask({
            id: `task${String(at).padStart(21, "x")}`,
            serviceId: `service${at % 50}`,
            slot: at,
            containerId: String(at).padStart(12, "0"),
            since: 1_700_000_000_000 + at * 1237,
          }),
        ),
      });
    const size = (n: number) => JSON.stringify(packModel(many(n))).length;
    expect((size(750) - size(250)) / 500).toBeLessThan(65);
  });
});
