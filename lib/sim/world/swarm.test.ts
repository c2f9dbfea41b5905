import { describe, expect, test } from "vitest";
import { addNode, GB, live, node, running, seconds, smallSwarm, spec } from "../testing/small-swarm.ts";
import type { TaskTemplate } from "./spec.ts";

const replicas = (n: number) => ({ Mode: { Replicated: { Replicas: n } } });

describe("placing", () => {
  test("tasks of a service spread over the nodes", () => {
    const { swarm, world, pass } = smallSwarm();
    const service = swarm.createService(spec(replicas(6)));
    pass(10_000);
    const perNode = [...world.nodes.keys()].map((id) => world.tasksOn(id).length);
    expect(perNode).toEqual([2, 2, 2]);
    expect(running(world, service)).toHaveLength(6);
  });

  test.each<[string, TaskTemplate, string]>([
    [
      "memory",
      { Resources: { Reservations: { MemoryBytes: 9 * GB } } },
      "insufficient resources on 2 nodes; 1 node not available for new tasks",
    ],
    [
      "CPU",
      { Resources: { Reservations: { NanoCPUs: 5e9 } } },
      "insufficient resources on 2 nodes; 1 node not available for new tasks",
    ],
    [
      "constraint",
      { Placement: { Constraints: ["node.labels.gpu==true"] } },
      "scheduling constraints not satisfied on 2 nodes; 1 node not available for new tasks",
    ],
  ])("without a place for its %s a task waits with swarm's sentence", (_, template, reason) => {
    const { swarm, world, pass } = smallSwarm();
    swarm.updateNode(node(world, "n3"), { ...node(world, "n3").spec, Availability: "pause" });
    const service = swarm.createService(spec({ template }));
    pass(10_000);
    const [task] = world.tasksOf(service.id);
    expect(task).toMatchObject({ state: "pending", nodeId: null, error: `no suitable node (${reason})` });
  });

  test("a label that appears gives a waiting task its place", () => {
    const { swarm, world, pass } = smallSwarm();
    const template = { Placement: { Constraints: ["node.labels.gpu==true"] } };
    const service = swarm.createService(spec({ template }));
    pass(10_000);
    expect(live(world, service)).toEqual(["1:pending@-"]);
    const n2 = node(world, "n2");
    swarm.updateNode(n2, { ...n2.spec, Labels: { gpu: "true" } });
    pass(10_000);
    expect(live(world, service)).toEqual(["1:running@n2"]);
  });

  test("max replicas per node holds", () => {
    const { swarm, world, pass } = smallSwarm({ nodes: 2 });
    const service = swarm.createService(
      spec({ ...replicas(3), template: { Placement: { MaxReplicas: 1 } } }),
    );
    pass(10_000);
    expect(running(world, service)).toHaveLength(2);
    expect(world.tasksOf(service.id).find((task) => task.state === "pending")?.error).toBe(
      "no suitable node (max replicas per node limit exceed)",
    );
  });
});

describe("scale and restarts", () => {
  test("up and down again: slots that go leave nothing behind", () => {
    const { swarm, world, pass } = smallSwarm();
    const service = swarm.createService(spec(replicas(3)));
    pass(10_000);
    swarm.updateService(service, spec(replicas(8)));
    pass(10_000);
    expect(running(world, service).map(({ slot }) => slot)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    swarm.updateService(service, spec(replicas(2)));
    pass(10_000);
    expect(world.tasksOf(service.id).map(({ slot }) => slot)).toEqual([1, 2]);
  });

  test("what fails is tried again after the restart delay, and history stays within the limit", () => {
    const { swarm, world, pass } = smallSwarm({
      workloads: { "app:1": { ends: { after: [1_000, 1_000], exitCode: 3 } } },
    });
    const service = swarm.createService(spec({ template: { RestartPolicy: { Delay: seconds(2) } } }));
    pass(120_000);
    const tasks = world.tasksOf(service.id);
    expect(tasks).toHaveLength(5);
    expect(tasks[0]).toMatchObject({
      state: "failed",
      error: "task: non-zero exit (3)",
      exitCode: 3,
      desired: "shutdown",
    });
    const [a, b] = tasks;
    const gap = (b?.container?.startedAt ?? 0) - (a?.container?.finishedAt ?? 0);
    expect(gap).toBeGreaterThanOrEqual(2_000);
  });

  test.each([
    ["any", 0, 1],
    ["on-failure", 0, 0],
    ["on-failure", 1, 1],
    ["none", 1, 0],
  ])("condition %s after exit %i: %i new task", (Condition, exitCode, more) => {
    const { swarm, world, pass } = smallSwarm();
    const service = swarm.createService(spec({ template: { RestartPolicy: { Condition } } }));
    pass(10_000);
    const [task] = running(world, service);
    if (task) swarm.life.exit(task, exitCode);
    pass(20_000);
    expect(world.tasksOf(service.id)).toHaveLength(1 + more);
    expect(running(world, service)).toHaveLength(more);
  });

  test("after the most attempts allowed it is left alone", () => {
    const { swarm, world, pass } = smallSwarm({
      workloads: { "app:1": { ends: { after: [500, 500], exitCode: 1 } } },
    });
    const policy = { RestartPolicy: { MaxAttempts: 2, Delay: seconds(1) } };
    const service = swarm.createService(spec({ template: policy }));
    pass(120_000);
    expect(world.tasksOf(service.id).map(({ state }) => state)).toEqual(["failed", "failed", "failed"]);
  });

  test("a removed service takes its tasks with it", () => {
    const { swarm, world, pass } = smallSwarm();
    const service = swarm.createService(spec(replicas(4)));
    pass(10_000);
    swarm.removeService(service);
    pass(10_000);
    expect([...world.tasks.values()]).toEqual([]);
  });

  test("every container that goes is told of, with the name of its service", () => {
    const { swarm, world, pass } = smallSwarm({
      workloads: { "app:1": { ends: { after: [1_000, 1_000], exitCode: 1 } } },
    });
    const service = swarm.createService(spec(replicas(2)));
    const here = new Set<string>();
    const names = new Set<string | undefined>();
    world.onEvent(({ type, action, id, attributes }) => {
      if (type !== "container") return;
      names.add(attributes["com.docker.swarm.service.name"]);
      if (action === "create") here.add(id);
      if (action === "destroy") here.delete(id);
    });
    const there = () => [...world.nodes.keys()].flatMap((id) => [...world.engineOf(id).containers.keys()]);
    // Longer than the history of ended tasks that is kept.
    pass(90_000);
    expect([...here].toSorted()).toEqual(there().toSorted());
    swarm.removeService(service);
    pass(20_000);
    expect([[...here], there()]).toEqual([[], []]);
    expect([...names]).toEqual([service.spec.Name]);
  });

  test("a job runs once, and counts what is complete", () => {
    const { swarm, pass } = smallSwarm({
      workloads: { "app:1": { ends: { after: [2_000, 2_000], exitCode: 0 } } },
    });
    const service = swarm.createService(spec({ Mode: { ReplicatedJob: { TotalCompletions: 2 } } }));
    pass(3_000);
    expect(swarm.countsOf(service)).toMatchObject({ desired: 1, completed: 0 });
    pass(60_000);
    expect(swarm.countsOf(service)).toEqual({ running: 0, desired: 1, completed: 2 });
  });
});

describe("nodes", () => {
  test("drain moves replicated tasks, ends global ones; nothing moves back", () => {
    const { swarm, world, pass } = smallSwarm();
    const web = swarm.createService(spec(replicas(6)));
    const agent = swarm.createService(spec({ Name: "agent", Mode: { Global: {} } }));
    pass(10_000);
    const n3 = node(world, "n3");
    swarm.updateNode(n3, { ...n3.spec, Availability: "drain" });
    pass(10_000);
    expect(running(world, web)).toHaveLength(6);
    expect(live(world, web).filter((task) => task.endsWith("n3"))).toEqual([]);
    expect(live(world, agent)).toEqual(["0:running@n1", "0:running@n2"]);
    expect(swarm.countsOf(agent).desired).toBe(2);
    swarm.updateNode(n3, { ...n3.spec, Availability: "active" });
    pass(10_000);
    expect(live(world, web).filter((task) => task.endsWith("n3"))).toEqual([]);
    expect(live(world, agent)).toHaveLength(3);
  });

  test("a lost node keeps its tasks as they were last seen, and they are made anew elsewhere", () => {
    const { swarm, world, pass } = smallSwarm();
    const service = swarm.createService(spec(replicas(3)));
    pass(10_000);
    const n2 = node(world, "n2");
    const [lost] = world.tasksOn(n2.id);
    swarm.loseNode(n2);
    pass(10_000);
    expect(lost).toMatchObject({ state: "running", desired: "shutdown" });
    expect(running(world, service)).toHaveLength(3);
    swarm.returnNode(n2);
    pass(10_000);
    expect(lost).toMatchObject({ state: "failed", error: "task: non-zero exit (255)" });
    expect(running(world, service)).toHaveLength(3);
  });

  test("another manager leads when the leader goes", () => {
    const { swarm, world, pass } = smallSwarm();
    addNode(swarm, "m2", { Role: "manager" });
    swarm.loseNode(node(world, "n1"));
    pass(1_000);
    expect([...world.nodes.values()].filter(({ leader }) => leader).map(({ name }) => name)).toEqual(["m2"]);
  });

  test("a removed node's tasks run elsewhere", () => {
    const { swarm, world, pass } = smallSwarm();
    const service = swarm.createService(spec(replicas(3)));
    pass(10_000);
    swarm.removeNode(node(world, "n2"));
    pass(10_000);
    expect(world.nodes.size).toBe(2);
    expect(running(world, service)).toHaveLength(3);
  });
});
