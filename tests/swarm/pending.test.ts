import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ServiceView, TaskView } from "#lib/shared/model/types.ts";
import { type Filter, filterOf } from "#lib/shared/placement/node-verdict.ts";
import { type PlacementVerdict, placementVerdict } from "#lib/shared/placement/placement-verdict.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { waitFor } from "../lab/wait.ts";
import { type LabContext, labContext } from "./action-context.ts";

/**
 * Every reason for which swarm leaves a task pending, made for real: what it counts is what our verdict counts, and when
 * the one obstacle of one node is removed, swarm places the task exactly there.
 */
let lab: Lab;
let context: LabContext;

beforeAll(async () => {
  lab = await startLab({ name: "pending", nodes: 3, managers: 1 });
  context = await labContext(lab);
}, 120_000);
afterAll(async () => {
  context?.close();
  await lab?.down();
});
afterEach(async () => {
  const names = (await lab.docker("node1", "service", "ls", "--format", "{{.Name}}")).split("\n");
  const found = names.filter(Boolean);
  if (found.length > 0) await lab.docker("node1", "service", "rm", ...found);
  for (const node of lab.nodes) await lab.docker("node1", "node", "update", "--availability", "active", node);
  await waitFor("an empty swarm", async () => {
    await context.refresh();
    return Object.keys(context.model().tasks).length === 0;
  });
});

const create = (name: string, ...options: string[]) =>
  lab.docker(
    "node1",
    ...["service", "create", "--detach", "--quiet", "--no-resolve-image", "--name", name],
    ...["--stop-grace-period", "1s", "--no-healthcheck", ...options, "lab/web:1"],
  );
const on = (node: string) => ["--constraint", `node.hostname==${node}`];
const update = (...args: string[]) =>
  lab.docker("node1", "service", "update", "--detach", "--quiet", ...args);

/** A service whose image is made for these platforms, which no option of the command line says. */
function foreign(constraints: readonly string[], platforms: readonly object[]): object {
  return {
    Name: "foreign",
    TaskTemplate: {
      ContainerSpec: { Image: "lab/web:1", Healthcheck: { Test: ["NONE"] } },
      Placement: { Constraints: constraints, Platforms: platforms },
    },
    Mode: { Replicated: { Replicas: 1 } },
  };
}

function serviceNamed(name: string): ServiceView {
  const service = Object.values(context.model().services).find((each) => each.name === name);
  if (!service) throw new Error(`no service ${name}`);
  return service;
}

function tasksOf(name: string): readonly TaskView[] {
  const { id } = serviceNamed(name);
  return Object.values(context.model().tasks).filter((task) => task.serviceId === id);
}

/** Waits until so many tasks of the service run, and answers the names of their nodes. */
async function nodesOfRunning(name: string, count: number): Promise<readonly string[]> {
  return waitFor(
    `${count} running of ${name}`,
    async () => {
      await context.refresh();
      const running = tasksOf(name).filter(
        ({ state, desired }) => state === "running" && desired === "running",
      );
      if (running.length !== count) throw new Error(JSON.stringify(tasksOf(name)));
      return running.map((task) => context.model().nodes[task.nodeId ?? ""]?.name ?? "").sort();
    },
    { timeoutMs: 40_000 },
  );
}

/** What swarm counts in its reason; max replicas come without a number. */
function countsIn(error: string): Partial<Record<Filter, number>> {
  const patterns: readonly (readonly [Filter, RegExp])[] = [
    ["unavailable", /(\d+) nodes? not available for new tasks/],
    ["resources", /insufficient resources on (\d+) nodes?/],
    ["constraints", /scheduling constraints not satisfied on (\d+) nodes?/],
    ["platform", /unsupported platform on (\d+) nodes?/],
    ["host_port", /host-mode port already in use on (\d+) nodes?/],
    ["max_replicas", /max replicas per node limit exceed()/],
  ];
  const found = patterns.flatMap(([filter, pattern]) => {
    const match = pattern.exec(error);
    return match ? [[filter, match[1] === "" ? -1 : Number(match[1])] as const] : [];
  });
  return Object.fromEntries(found);
}

interface Pending {
  readonly task: TaskView;
  readonly verdict: PlacementVerdict;
  /** Names of the nodes with the filters they do not pass. */
  readonly failed: Readonly<Record<string, readonly Filter[]>>;
}

/** Waits until swarm says why, and holds its counts against ours. */
async function pendingTask(name: string): Promise<Pending> {
  const task = await waitFor(`a reason for ${name}`, async () => {
    await context.refresh();
    return tasksOf(name).find((each) => each.state === "pending" && each.error !== null);
  });
  const verdict = placementVerdict(context.model(), serviceNamed(name), task);
  const ours = Object.fromEntries(verdict.counts);
  const theirs = countsIn(task.error ?? "");
  if (theirs.max_replicas === -1) theirs.max_replicas = ours.max_replicas;
  expect(ours, `swarm says: ${task.error}`).toEqual(theirs);
  const failed = Object.fromEntries(
    verdict.nodes.map(({ node, obstacles }) => [node.name, [...new Set(obstacles.map(filterOf))]]),
  );
  return { task, verdict, failed };
}

const obstaclesOf = ({ verdict }: Pending, node: string) =>
  verdict.nodes.find((each) => each.node.name === node)?.obstacles ?? [];

describe("why a task is pending", () => {
  test("constraint: a label no node has", async () => {
    await create("labelled", "--constraint", "node.labels.gpu==true");
    const pending = await pendingTask("labelled");
    expect(pending.failed).toEqual({
      node1: ["constraints"],
      node2: ["constraints"],
      node3: ["constraints"],
    });
    expect(obstaclesOf(pending, "node2")).toEqual([
      { kind: "constraint", constraint: "node.labels.gpu==true", actual: "" },
    ]);

    await lab.docker("node1", "node", "update", "--label-add", "gpu=True", "node2");
    expect(await nodesOfRunning("labelled", 1)).toEqual(["node2"]);
    await lab.docker("node1", "node", "update", "--label-rm", "gpu", "node2");
  });

  test.each([
    ["memory", "--reserve-memory", (fraction: number) => `${Math.floor(capacity().memoryBytes * fraction)}b`],
    ["cpu", "--reserve-cpu", (fraction: number) => String((capacity().nanoCpus * fraction) / 1e9)],
  ] as const)("%s: other services reserve what is there", async (kind, option, amount) => {
    for (const node of lab.nodes) await create(`hog-${node}`, option, amount(0.75), ...on(node));
    for (const node of lab.nodes) await nodesOfRunning(`hog-${node}`, 1);
    await create("hungry", option, amount(0.5));
    const pending = await pendingTask("hungry");
    expect(pending.failed).toEqual({ node1: ["resources"], node2: ["resources"], node3: ["resources"] });
    const [obstacle] = obstaclesOf(pending, "node2");
    expect(obstacle?.kind).toBe(kind);
    if (obstacle?.kind !== "memory" && obstacle?.kind !== "cpu") throw new Error("another obstacle");
    const whole = kind === "memory" ? capacity().memoryBytes : capacity().nanoCpus;
    expect(obstacle.capacity).toBe(whole);
    expect(obstacle.needed / whole).toBeCloseTo(0.5, 5);
    expect(obstacle.free / whole).toBeCloseTo(0.25, 5);

    await lab.docker("node1", "service", "rm", "hog-node2");
    expect(await nodesOfRunning("hungry", 1)).toEqual(["node2"]);
  });

  test("generic resources: engines that offer none", async () => {
    await create("gpu", "--generic-resource", "gpu=1");
    const pending = await pendingTask("gpu");
    expect(obstaclesOf(pending, "node3")).toEqual([
      { kind: "generic", resource: "gpu", needed: 1, free: 0, capacity: 0 },
    ]);
  });

  test("host port: taken on every node, by protocol", async () => {
    for (const node of lab.nodes) {
      await create(`holder-${node}`, "--publish", "mode=host,published=18099,target=8080", ...on(node));
    }
    for (const node of lab.nodes) await nodesOfRunning(`holder-${node}`, 1);
    await create("other-protocol", "--publish", "mode=host,published=18099,target=8080,protocol=udp");
    await nodesOfRunning("other-protocol", 1);
    await create("porter", "--publish", "mode=host,published=18099,target=8080");
    const pending = await pendingTask("porter");
    expect(pending.failed).toEqual({ node1: ["host_port"], node2: ["host_port"], node3: ["host_port"] });
    expect(obstaclesOf(pending, "node3")).toEqual([
      { kind: "host_port", port: "18099/tcp", holderId: serviceNamed("holder-node3").id },
    ]);

    await lab.docker("node1", "service", "rm", "holder-node3");
    expect(await nodesOfRunning("porter", 1)).toEqual(["node3"]);
  });

  test("platform: an image for another processor, after the constraints", async () => {
    const engine = context.manager();
    const body = foreign(["node.hostname==node2"], [{ Architecture: "s390x", OS: "linux" }]);
    const { ID: id } = JSON.parse(await engine.send("POST", "/services/create", { body })) as { ID: string };
    const pending = await pendingTask("foreign");
    expect(pending.failed).toEqual({
      node1: ["constraints", "platform"],
      node2: ["platform"],
      node3: ["constraints", "platform"],
    });

    const { Version } = await engine.get<{ Version: { Index: number } }>(`/services/${id}`);
    // Go's word for the processor: the node says x86_64 or aarch64.
    const fitting = [{ Architecture: process.arch === "arm64" ? "arm64" : "amd64", OS: "linux" }];
    await engine.send("POST", `/services/${id}/update`, {
      query: { version: Version.Index },
      body: foreign(["node.hostname==node2"], fitting),
    });
    expect(await nodesOfRunning("foreign", 1)).toEqual(["node2"]);
    expect(placementVerdict(context.model(), serviceNamed("foreign")).counts.get("platform")).toBeUndefined();
  });

  test("max replicas per node", async () => {
    await create("spread", "--replicas", "2", "--replicas-max-per-node", "1", ...on("node2"));
    await nodesOfRunning("spread", 1);
    const pending = await pendingTask("spread");
    expect(pending.failed).toEqual({
      node1: ["constraints"],
      node2: ["max_replicas"],
      node3: ["constraints"],
    });
    expect(obstaclesOf(pending, "node2")).toEqual([{ kind: "max_replicas", limit: 1, there: 1 }]);

    await update("--replicas-max-per-node", "2", "spread");
    expect(await nodesOfRunning("spread", 2)).toEqual(["node2", "node2"]);
  });

  test("availability: drained and paused nodes", async () => {
    for (const node of ["node1", "node2"])
      await lab.docker("node1", "node", "update", "--availability", "drain", node);
    await lab.docker("node1", "node", "update", "--availability", "pause", "node3");
    await create("homeless");
    const pending = await pendingTask("homeless");
    expect(obstaclesOf(pending, "node1")).toEqual([{ kind: "availability", availability: "drain" }]);
    expect(obstaclesOf(pending, "node3")).toEqual([{ kind: "availability", availability: "pause" }]);

    await lab.docker("node1", "node", "update", "--availability", "active", "node3");
    expect(await nodesOfRunning("homeless", 1)).toEqual(["node3"]);
  });

  test("a node counts once, for the first filter it does not pass", async () => {
    await lab.docker("node1", "node", "update", "--availability", "drain", "node1");
    const half = `${Math.floor(capacity().memoryBytes * 0.5)}b`;
    await create("hog", "--reserve-memory", `${Math.floor(capacity().memoryBytes * 0.75)}b`, ...on("node2"));
    await nodesOfRunning("hog", 1);
    await create("picky", "--reserve-memory", half, ...on("node2"));
    const pending = await pendingTask("picky");
    expect(pending.failed).toEqual({
      node1: ["unavailable", "constraints"],
      node2: ["resources"],
      node3: ["constraints"],
    });
    await lab.docker("node1", "service", "rm", "hog");
    expect(await nodesOfRunning("picky", 1)).toEqual(["node2"]);
  });

  test("a task of a global service is judged on its own node", async () => {
    const part = (fraction: number) => `${Math.floor(capacity().memoryBytes * fraction)}b`;
    await create("hog", "--reserve-memory", part(0.75), ...on("node2"));
    await nodesOfRunning("hog", 1);
    await create("everywhere", "--mode", "global", "--reserve-memory", part(0.5));
    expect(await nodesOfRunning("everywhere", 2)).toEqual(["node1", "node3"]);
    const pending = await pendingTask("everywhere");
    expect(pending.failed).toEqual({ node2: ["resources"] });

    await lab.docker("node1", "service", "rm", "hog");
    expect(await nodesOfRunning("everywhere", 3)).toEqual(["node1", "node2", "node3"]);
  });
});

/** All nodes of the lab are this machine. */
function capacity() {
  const [node] = Object.values(context.model().nodes);
  if (!node) throw new Error("no node");
  return node;
}

describe("constraints as swarm reads them", () => {
  test.each([
    ["node.platform.arch==amd64"],
    ["node.platform.arch!=amd64"],
    ["node.platform.arch==X86_64"],
    ["node.platform.os==LINUX"],
    ["node.hostname==NODE2"],
    ["node.hostname!=node2"],
    ["node.role==Manager"],
    ["node.labels.none!=x"],
    ["engine.labels.none==x"],
    ["node.ip==10.0.0.0/8"],
    ["node.ip!=10.0.0.0/8"],
  ])("%s", async (constraint) => {
    // What the constraint leaves fails at the platform, which comes next: swarm counts both.
    const engine = context.manager();
    await engine.send("POST", "/services/create", {
      body: foreign([constraint], [{ Architecture: "s390x" }]),
    });
    await pendingTask("foreign");
  });
});
