import { expect, test } from "vitest";
import { handClock } from "../clock.ts";
import { serveSwarm } from "../start-simulator.ts";
import { isOver } from "../world/objects.ts";
import { createCrowdSwarm } from "./crowd-swarm.ts";

const size = { now: 1_800_000_000_000, seed: 3, nodes: 10, services: 20, tasks: 100, history: 4 };

const live = ({ world }: ReturnType<typeof createCrowdSwarm>) =>
  [...world.tasks.values()].filter((task) => task.state === "running" && task.desired === "running").length;

test("is as large as asked for, with its history, and the same for a seed", () => {
  const [one, same] = [
    createCrowdSwarm({ ...size, churnPerSecond: 0 }),
    createCrowdSwarm({ ...size, churnPerSecond: 0 }),
  ];
  expect([one.world.nodes.size, one.world.services.size, one.world.tasks.size, live(one)]).toEqual([
    10, 20, 500, 100,
  ]);
  expect([...one.world.tasks.keys()]).toEqual([...same.world.tasks.keys()]);
});

test("eight hours of churn pass in a moment, and leave no more than before", async () => {
  const swarm = createCrowdSwarm({ ...size, churnPerSecond: 1 });
  const clock = handClock(size.now);
  const { close } = await serveSwarm(swarm, { clock });
  const before = new Set(swarm.world.tasks.keys());
  clock.pass(8 * 3600_000);
  await close();
  expect(swarm.world.tasks.size).toBeLessThanOrEqual(500);
  expect([...swarm.world.tasks.keys()].some((id) => before.has(id))).toBe(false);
  expect([...swarm.world.tasks.values()].filter((task) => !isOver(task))).toHaveLength(100);
  for (const { id } of swarm.world.nodes.values()) {
    const held = [...swarm.world.engineOf(id).containers.values()].filter(
      ({ task }) => task && !swarm.world.tasks.has(task.id),
    );
    expect(held).toEqual([]);
  }
});

test("the leader's power is cut: another one leads, and the node is down after a while", () => {
  const swarm = createCrowdSwarm({ ...size, churnPerSecond: 0 });
  const { world } = swarm;
  const leader = [...world.nodes.values()].find((node) => node.leader);
  const told: string[] = [];
  world.onEvent(
    ({ type, attributes }) => type === "node" && told.push(`${attributes.name} ${attributes["state.new"]}`),
  );
  if (leader) swarm.cutPower(leader);
  expect(swarm.electionEndsAt).toBeGreaterThan(world.now);
  world.timeline.advance(world.now + 60_000);
  expect([...world.nodes.values()].filter((node) => node.leader).map(({ name }) => name)).toEqual([
    "node-002",
  ]);
  expect(leader?.state).toBe("down");
  expect(told).toEqual(expect.arrayContaining(["node-002 unknown", "node-002 ready", "node-001 down"]));
  expect(live(swarm)).toBe(100);
});
