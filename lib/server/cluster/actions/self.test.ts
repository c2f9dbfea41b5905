import { describe, expect, it, test } from "vitest";
import type { WireService } from "#lib/server/docker/wire.ts";
import type { NodeView, ServiceView } from "#lib/shared/model/types.ts";
import { requireConfirm } from "./confirm.ts";
import { agentsServiceWarning, selfNodeWarning, selfServiceWarning } from "./self.ts";

const self = { containerId: "c", taskId: "t", serviceId: "shoal", nodeId: "n1" };
const node = (id: string, more: Partial<NodeView> = {}) =>
  ({
    id,
    name: id,
    role: "worker",
    state: "ready",
    availability: "active",
    labels: {},
    linked: false,
    ...more,
  }) as NodeView;
const own = (constraints: string[]) =>
  ({ id: "shoal", name: "shoal", constraints, platforms: [] }) as unknown as ServiceView;
const model = (nodes: NodeView[], constraints: string[] = []) => ({
  nodes: Object.fromEntries(nodes.map((each) => [each.id, each])),
  services: { shoal: own(constraints) },
});

describe("acting on Shoal's own service", () => {
  it("is recognised by id", () => {
    expect(selfServiceWarning({ id: "shoal", name: "dash" }, self, "remove")).toContain(
      "dash is Shoal itself",
    );
    expect(selfServiceWarning({ id: "shoal", name: "dash" }, self, "scaleUp")).toContain("Only one Shoal");
    expect(selfServiceWarning({ id: "other", name: "dash" }, self, "remove")).toBeNull();
    expect(selfServiceWarning({ id: "shoal", name: "dash" }, null, "remove")).toBeNull();
  });
});

test.each([
  [
    "dist image, args and address",
    { Args: ["agent"], Env: ["A=1", "SHOAL_SERVER=http://tasks.server:9000"] },
    true,
  ],
  ["another program with that word", { Args: ["agent"], Env: ["A=1"] }, false],
  ["the server", { Args: null, Env: ["SHOAL_SERVER=x"] }, false],
  ["hostile shapes", { Args: "agent", Env: 7 }, false],
])("the agents' own service is recognised: %s", (_, ContainerSpec, isOurs) => {
  const wire = { ID: "a", Spec: { Name: "shoal_agent", TaskTemplate: { ContainerSpec } } };
  const warning = agentsServiceWarning(wire as unknown as WireService);
  if (isOurs) expect(warning).toContain("shoal_agent is Shoal's agents");
  else expect(warning).toBeNull();
});

describe("acting on the node Shoal runs on", () => {
  const n1 = node("n1", { labels: { shoal: "yes" } });
  const n2 = node("n2");

  it("warns when no other node may run it", () => {
    expect(selfNodeWarning(model([n1, n2], ["node.labels.shoal==yes"]), n1, self, "drain")).toContain(
      "no other node may run it",
    );
    expect(selfNodeWarning(model([n1, { ...n2, state: "down" }]), n1, self, "remove")).not.toBeNull();
  });

  it("is harmless when it can move, for other nodes, and for a Shoal outside the swarm", () => {
    expect(selfNodeWarning(model([n1, n2]), n1, self, "drain")).toBeNull();
    expect(selfNodeWarning(model([n1, n2], ["node.labels.shoal==yes"]), n2, self, "drain")).toBeNull();
    const outside = { containerId: "c", taskId: null, serviceId: null, nodeId: "n1" };
    expect(selfNodeWarning(model([n1]), n1, outside, "drain")).toBeNull();
  });

  it("warns when the only manager it reaches is demoted", () => {
    const only = node("m1", { role: "manager", linked: true });
    const second = node("m2", { role: "manager", linked: true });
    expect(selfNodeWarning(model([only, n2]), only, self, "demote")).toContain("only manager Shoal reaches");
    expect(selfNodeWarning(model([only, second]), only, self, "demote")).toBeNull();
  });
});

describe("requireConfirm", () => {
  it("asks for the exact name", () => {
    expect(() => requireConfirm("It ends.", "web", undefined)).toThrow("It ends.");
    expect(() => requireConfirm("It ends.", "web", "Web")).toThrow("It ends.");
    expect(() => requireConfirm("It ends.", "web", "web")).not.toThrow();
    expect(() => requireConfirm(null, "web", undefined)).not.toThrow();
  });
});
