import { expect, test } from "vitest";
import { running, seconds, smallSwarm, spec } from "../testing/small-swarm.ts";
import type { SimService } from "./objects.ts";
import type { ServiceSpec, UpdateConfig } from "./spec.ts";
import type { World } from "./world.ts";

const crash = { ends: { after: [100, 100] as const, exitCode: 1 } };

function version(image: string, config: UpdateConfig, replicas = 4): ServiceSpec {
  return spec({
    Mode: { Replicated: { Replicas: replicas } },
    UpdateConfig: { Monitor: seconds(5), ...config },
    template: { ContainerSpec: { Image: image } },
  });
}

function begin(config: UpdateConfig, image = "app:2") {
  const { swarm, world, pass } = smallSwarm({ workloads: { "bad:1": crash } });
  const service = swarm.createService(version("app:1", config));
  pass(20_000);
  swarm.updateService(service, version(image, config));
  return { swarm, world, pass, service };
}

const images = (world: World, service: SimService) =>
  running(world, service).map((task) => task.template.ContainerSpec?.Image);

test.each(["stop-first", "start-first"])("%s: one place after another, then completed", (Order) => {
  const { world, pass, service } = begin({ Parallelism: 1, Delay: seconds(1), Order });
  expect(service.updateStatus).toBeNull();
  let fewest = 4;
  for (let n = 0; n < 80; n += 1) {
    pass(250);
    fewest = Math.min(fewest, running(world, service).length);
    const moving = world
      .tasksOf(service.id)
      .filter((task) => ["ready", "preparing", "starting"].includes(task.state));
    expect(moving.length).toBeLessThanOrEqual(1);
    if (n === 4) expect(service.updateStatus?.state).toBe("updating");
  }
  pass(60_000);
  expect(images(world, service)).toEqual(Array(4).fill("app:2"));
  expect(service.updateStatus).toMatchObject({ state: "completed", message: "update completed" });
  expect(fewest).toBe(Order === "start-first" ? 4 : 3);
});

test("parallelism 0 replaces all at once", () => {
  const { world, pass, service } = begin({ Parallelism: 0 });
  pass(200);
  expect(running(world, service)).toHaveLength(0);
  pass(20_000);
  expect(images(world, service)).toEqual(Array(4).fill("app:2"));
});

test("pause: a failing new task stops the update and is named", () => {
  const { world, pass, service } = begin({ Parallelism: 1, FailureAction: "pause" }, "bad:1");
  pass(10_000);
  expect(service.updateStatus?.state).toBe("paused");
  const named = /task (\w+)$/.exec(service.updateStatus?.message ?? "")?.[1] ?? "";
  expect(world.tasks.get(named)?.template.ContainerSpec?.Image).toBe("bad:1");
  const untouched = images(world, service).filter((image) => image === "app:1").length;
  pass(60_000);
  expect(images(world, service).filter((image) => image === "app:1")).toHaveLength(untouched);
});

test("rollback: a failing update goes back to the specification before it", () => {
  const { world, pass, service } = begin({ Parallelism: 1, FailureAction: "rollback" }, "bad:1");
  pass(60_000);
  expect(service.updateStatus).toMatchObject({ state: "rollback_completed", message: "rollback completed" });
  expect(service.spec.TaskTemplate.ContainerSpec?.Image).toBe("app:1");
  expect(service.previousSpec).toBeNull();
  expect(images(world, service)).toEqual(Array(4).fill("app:1"));
});

test("continue: a failing update goes on to the end", () => {
  const { world, pass, service } = begin({ Parallelism: 1, FailureAction: "continue" }, "bad:1");
  pass(120_000);
  const wanted = world.tasksOf(service.id).filter((task) => task.desired !== "shutdown");
  expect(new Set(wanted.map((task) => task.template.ContainerSpec?.Image))).toEqual(new Set(["bad:1"]));
});

test("only the number changed: nothing is replaced and there is no update", () => {
  const { swarm, world, pass } = smallSwarm();
  const service = swarm.createService(version("app:1", {}));
  pass(20_000);
  const before = running(world, service).map(({ id }) => id);
  swarm.updateService(service, version("app:1", {}, 6));
  pass(20_000);
  expect(running(world, service).map(({ id }) => id)).toEqual(expect.arrayContaining(before));
  expect(service.updateStatus).toBeNull();
});

test("rolled back by hand; without a previous specification that is refused", () => {
  const { swarm, world, pass, service } = begin({ Parallelism: 2 });
  expect(swarm.rollBack(swarm.createService(spec({ Name: "other" })))).toBe(false);
  pass(30_000);
  expect(swarm.rollBack(service)).toBe(true);
  pass(30_000);
  expect(images(world, service)).toEqual(Array(4).fill("app:1"));
  expect(service.updateStatus?.state).toBe("rollback_completed");
  // What it was rolled back from is what it may go back to next.
  expect(service.previousSpec?.TaskTemplate.ContainerSpec?.Image).toBe("app:2");
});

test("events tell what swarm tells: image, then the states of the update", () => {
  const { swarm, world, pass } = smallSwarm();
  const told: string[] = [];
  world.onEvent((event) => {
    if (event.type === "service") told.push(`${event.action} ${JSON.stringify(event.attributes)}`);
  });
  const service = swarm.createService(version("app:1", {}, 1));
  pass(20_000);
  swarm.updateService(service, version("app:2", {}, 1));
  pass(20_000);
  expect(told).toEqual([
    'create {"name":"web"}',
    'update {"name":"web","image.new":"app:2","image.old":"app:1"}',
    'update {"name":"web","updatestate.new":"updating"}',
    'update {"name":"web","updatestate.new":"completed","updatestate.old":"updating"}',
  ]);
});

test("an update ends although nodes are lost and the service is scaled while it goes on", () => {
  const { swarm, world, pass, service } = begin({ Parallelism: 2 });
  pass(300);
  const [node] = [...world.nodes.values()].slice(-1);
  if (node) swarm.loseNode(node);
  pass(500);
  swarm.updateService(service, { ...service.spec, Mode: { Replicated: { Replicas: 1 } } });
  pass(60_000);
  expect(service.updateStatus?.state).toBe("completed");
  expect(images(world, service)).toEqual(["app:2"]);
});
