import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Caller, Cluster } from "#lib/server/runtime-types.ts";
import type { ClusterModel, TaskView } from "#lib/shared/model/types.ts";
import { type RegistryOptions, type RunningRegistry, startRegistry } from "./registry.ts";
import { noEventsTable } from "./testing/no-events-table.ts";
import { noProjects } from "./testing/no-projects.ts";
import { noStacks } from "./testing/no-stacks.ts";

const caller: Caller = {
  userId: "u",
  name: "ada",
  role: "admin",
  access: { role: "admin", clusters: {} },
  via: "session",
  credentialId: "c",
  address: "::1",
};

const running: RunningRegistry[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((registry) => registry.stop()));
});

async function start(
  mode: RegistryOptions["demo"]["mode"],
  others: RegistryOptions["others"] = [],
): Promise<RunningRegistry> {
  const registry = await startRegistry({
    local: {
      id: "local",
      engines: [[{ kind: "unix", path: join(tmpdir(), "shoal-no-such.sock"), name: "nothing" }]],
      certPath: null,
      colors: { list: () => [], put: () => {}, removeUnseen: () => {} },
      history: null,
      events: noEventsTable,
      log: pino({ level: "silent" }),
    },
    stacks: noStacks,
    projects: noProjects,
    others,
    demo: { mode, nodes: 5, tasks: 40 },
  });
  running.push(registry);
  return registry;
}

function until(cluster: Cluster, holds: (model: ClusterModel) => boolean): Promise<ClusterModel> {
  return vi.waitUntil(() => (holds(cluster.model()) ? cluster.model() : false), {
    timeout: 25_000,
    interval: 50,
  });
}
const phaseOf = (registry: RunningRegistry) => registry.get("local").model().info.phase;
const noEngine = (registry: RunningRegistry) => vi.waitUntil(() => phaseOf(registry) === "no_engine");

function tasksOf(model: ClusterModel, name: string): TaskView[] {
  const service = Object.values(model.services).find((each) => each.name === name);
  return Object.values(model.tasks).filter((task) => task.serviceId === service?.id);
}
const runs = (task: TaskView) => task.state === "running" && task.desired === "running";

describe("the demo cluster", () => {
  test("auto: offered once no engine answers, started when asked for, and the home page from then on", async () => {
    const registry = await start("auto");
    expect(registry.home()).toBe("local");
    await noEngine(registry);
    expect(registry.get("local").model().info.demo).toBe("offered");
    expect(await Promise.all([registry.openDemo(), registry.openDemo()])).toEqual(["demo", "demo"]);
    expect(registry.list().map(({ id, simulated }) => [id, simulated])).toEqual([
      ["local", false],
      ["demo", true],
      ["demo-branch", true],
    ]);
    await until(registry.get("local"), ({ info }) => info.demo === "running");
    expect(registry.home()).toBe("demo");
  });

  test("on: a small second cluster stands beside it, with a node that is away and what cannot run without it", async () => {
    const registry = await start("on");
    const branch = registry.get("demo-branch");
    const leave = branch.subscribe(() => {});
    const model = await until(branch, ({ info, nodes }) => {
      const down = Object.values(nodes).filter(({ state }) => state === "down");
      return info.phase === "ready" && down.length === 1;
    });
    expect(model.info).toMatchObject({ name: "branch", simulated: true });
    expect(Object.values(model.nodes).map(({ name, state }) => `${name} ${state}`)).toEqual(
      expect.arrayContaining(["branch-1 ready", "branch-2 ready", "branch-3 down"]),
    );
    expect(tasksOf(model, "shop_labels").some(({ state }) => state === "pending")).toBe(true);
    expect(tasksOf(model, "shop_till").filter(runs)).toHaveLength(3);
    // What is done to one of them is not done to the other.
    await branch.scaleService(caller, "shop_cache", { replicas: 2 });
    expect(tasksOf(registry.get("demo").model(), "shop_cache")).toEqual([]);
    leave();
  }, 60_000);

  test("auto: a cluster that somebody has under the name of the second one stays", async () => {
    const registry = await start("auto", [{ id: "demo-branch", name: "mine" }]);
    await noEngine(registry);
    await registry.openDemo();
    expect(registry.get("demo-branch").model().info).toMatchObject({ name: "mine", simulated: false });
  });

  test("auto: not before it is known that no engine answers", async () => {
    const registry = await start("auto");
    await expect(registry.openDemo()).rejects.toMatchObject({ code: "not_found" });
  });

  test("off: refused with a sentence", async () => {
    const registry = await start("off");
    await noEngine(registry);
    await expect(registry.openDemo()).rejects.toThrow("SHOAL_DEMO");
    expect(registry.list()).toHaveLength(1);
  });

  test("on: it is read, scaled, restarted and drained through the same client as a real engine", async () => {
    const registry = await start("on");
    expect(await registry.openDemo()).toBe("demo");
    const cluster = registry.get("demo");
    const leave = cluster.subscribe(() => {});
    const first = await until(cluster, ({ info }) => info.phase === "ready");
    expect(first.info).toMatchObject({ name: "demo", simulated: true });
    await until(cluster, ({ info }) => info.links.length === 5 && info.links.every(({ ok }) => ok));
    expect(Object.values(first.nodes).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["swarm-1", "swarm-2", "swarm-3", "swarm-4", "swarm-5"]),
    );
    expect(tasksOf(first, "lab_notebook")[0]).toMatchObject({
      nodeId: null,
      error: expect.stringContaining("no suitable node"),
    });
    expect(tasksOf(first, "lab_mailer").some((task) => task.failures > 2)).toBe(true);

    const scaled = await cluster.scaleService(caller, "web_gateway", { replicas: 4 });
    expect(scaled.item?.replicas).toBe(4);
    await until(cluster, (model) => tasksOf(model, "web_gateway").filter(runs).length === 4);

    const before = new Set(tasksOf(cluster.model(), "web_cache").map(({ id }) => id));
    await cluster.restartService(caller, "web_cache", {});
    await until(cluster, (model) =>
      tasksOf(model, "web_cache").some((task) => runs(task) && !before.has(task.id)),
    );

    await cluster.patchNode(caller, "swarm-3", { availability: "drain" });
    const node3 = Object.values(cluster.model().nodes).find(({ name }) => name === "swarm-3");
    await until(cluster, (model) => Object.values(model.tasks).every((task) => task.nodeId !== node3?.id));
    leave();
  }, 120_000);
});
