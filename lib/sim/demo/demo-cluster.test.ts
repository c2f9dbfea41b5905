import { describe, expect, test } from "vitest";
import { isOver, isWanted, placeOf } from "../world/objects.ts";
import type { World } from "../world/world.ts";
import { createDemoCluster } from "./demo-cluster.ts";

const now = Date.UTC(2026, 10, 21, 9);
const hour = 3_600_000;
const demo = (size: { nodes?: number; tasks?: number; seed?: number } = {}) =>
  createDemoCluster({ now, seed: 1, nodes: 5, tasks: 40, ...size });

/** Everything one can see of a world, as text. */
function portrait(world: World): string {
  // A container knows its task, which knows its container.
  const parts = [[...world.nodes.values()], [...world.services.values()], [...world.tasks.values()]];
  return JSON.stringify(parts, (key, value) => (key === "task" ? undefined : value));
}

function serviceNamed(world: World, name: string) {
  const found = [...world.services.values()].find(({ spec }) => spec.Name === name);
  if (!found) throw new Error(`no service ${name}`);
  return found;
}

test("the same seed tells the same story, hours later too; another seed another one", () => {
  const [one, same, other] = [demo(), demo(), demo({ seed: 2 })].map(({ swarm }) => swarm.world);
  expect(portrait(one as World)).toBe(portrait(same as World));
  one?.timeline.advance(now + 2 * hour);
  same?.timeline.advance(now + 2 * hour);
  expect(portrait(one as World)).toBe(portrait(same as World));
  expect(portrait(other as World)).not.toBe(portrait(demo().swarm.world));
});

test("opens with something of everything", () => {
  const { swarm } = demo();
  const { world } = swarm;
  const tasksOf = (name: string) => world.tasksOf(serviceNamed(world, name).id);
  expect(
    [...world.nodes.values()].map(({ name, spec }) => `${name} ${spec.Role} ${spec.Availability}`),
  ).toEqual([
    "swarm-1 manager active",
    "swarm-2 manager active",
    "swarm-3 manager active",
    "swarm-4 worker active",
    "swarm-5 worker drain",
  ]);
  expect(
    tasksOf("lab_mailer").filter((task) => task.error === "task: non-zero exit (137)").length,
  ).toBeGreaterThan(2);
  expect(tasksOf("lab_render").filter((task) => task.state === "pending")).toHaveLength(2);
  expect(tasksOf("lab_notebook")[0]?.error).toContain("scheduling constraints");
  expect(serviceNamed(world, "web_api").updateStatus?.state).toBe("updating");
  expect([...world.tasks.values()].some((task) => task.container?.health === "unhealthy")).toBe(true);
  expect(tasksOf("lab_backup")[0]?.state).toBe("complete");
});

test("a drained node that becomes active takes what waited for room", () => {
  const { swarm } = demo();
  const { world } = swarm;
  const node = [...world.nodes.values()].find(({ name }) => name === "swarm-5");
  if (node) swarm.updateNode(node, { ...node.spec, Availability: "active" });
  world.timeline.advance(now + 30_000);
  const render = world.tasksOf(serviceNamed(world, "lab_render").id);
  expect(render.filter((task) => task.state === "pending")).toEqual([]);
});

test("over a day an update, a failing health check and a lost node each come by, and all recover", () => {
  const { world } = demo().swarm;
  const seen = new Set<string>();
  world.onEvent(({ type, action, attributes }) => {
    seen.add(
      [type, action, attributes["updatestate.new"], attributes["state.new"]].filter(Boolean).join(" "),
    );
  });
  world.timeline.advance(now + 24 * hour);
  expect([...seen]).toEqual(
    expect.arrayContaining([
      "service update updating",
      "service update completed",
      "container health_status: unhealthy",
      "container health_status: healthy",
      "node update down",
      "node update ready",
    ]),
  );
});

describe.each([
  { nodes: 3, tasks: 40 },
  { nodes: 5, tasks: 40 },
  { nodes: 20, tasks: 400 },
  { nodes: 50, tasks: 2000 },
])("$nodes nodes, $tasks tasks", (size) => {
  test("the size is right, and three hours later nothing is doubled, overbooked or remembered for too long", () => {
    const { world } = demo(size).swarm;
    const wanted = [...world.tasks.values()].filter((task) => isWanted(task) || task.state === "complete");
    expect(world.nodes.size).toBe(size.nodes);
    expect(Math.abs(wanted.length - size.tasks)).toBeLessThan(size.tasks * 0.05 + 60);
    world.timeline.advance(now + 3 * hour);
    for (const node of world.nodes.values()) {
      const there = world.tasksOn(node.id).filter((task) => !isOver(task));
      const reserved = there.reduce(
        (sum, task) => sum + (task.template.Resources?.Reservations?.MemoryBytes ?? 0),
        0,
      );
      expect(reserved).toBeLessThanOrEqual(node.memoryBytes);
    }
    for (const service of world.services.values()) {
      const tasks = world.tasksOf(service.id);
      for (const [place, turns] of Map.groupBy(tasks, placeOf)) {
        expect(turns.length, `${service.spec.Name} ${place}`).toBeLessThanOrEqual(6);
        expect(turns.filter((task) => task.desired === "running").length).toBeLessThanOrEqual(2);
      }
    }
  });
});
