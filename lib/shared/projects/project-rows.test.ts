import { expect, it } from "vitest";
import { aContainer } from "../containers/testing/a-container.ts";
import type { ContainerView } from "../containers/types.ts";
import { projectRows } from "./project-rows.ts";

const of = (name: string, fields: Partial<ContainerView> = {}) =>
  aContainer({ id: name, name, project: "shop", composeService: name.split("-")[0] ?? "", ...fields });

it("groups containers by engine and project, and leaves those of services and of nobody out", () => {
  const rows = projectRows([
    of("web-1", { createdAt: 5 }),
    of("web-2", { createdAt: 9 }),
    of("db-1", { nodeId: "n2", nodeName: "b" }),
    of("task-1", { serviceId: "s" }),
    aContainer({ id: "plain" }),
  ]);
  expect(
    rows.map(({ name, nodeId, services, running, total, changedAt }) => [
      name,
      nodeId,
      services,
      running,
      total,
      changedAt,
    ]),
  ).toEqual([
    ["shop", "n2", ["db"], 1, 1, 0],
    ["shop", "n1", ["web"], 2, 2, 9],
  ]);
});

it.each<[string, readonly Partial<ContainerView>[], string]>([
  ["all run", [{}, {}], "running"],
  ["one has done its work", [{}, { state: "exited", exitCode: 0 }], "running"],
  ["one has failed", [{}, { state: "exited", exitCode: 1 }], "partly"],
  ["one restarts", [{}, { state: "restarting" }], "failing"],
  ["one is unhealthy", [{}, { health: "unhealthy" }], "failing"],
  ["none runs", [{ state: "exited", exitCode: 137 }, { state: "created" }], "stopped"],
])("%s", (_, containers, state) => {
  expect(projectRows(containers.map((fields, index) => of(`web-${index}`, fields)))[0]?.state).toBe(state);
});
