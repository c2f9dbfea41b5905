import { afterAll, beforeAll, expect, test } from "vitest";
import type { ListAnswer, ServiceDetail, SwarmSettings, WriteAnswer } from "#lib/shared/api/types.ts";
import type { NodeView, ServiceView } from "#lib/shared/model/types.ts";
import { auditRows, serviceRevisions } from "../lab/data-dir.ts";
import { followEvents } from "../lab/follow-events.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";
import {
  ask,
  createService,
  inspectService,
  list,
  refusal,
  runningTasks,
  untilRunning,
} from "./server-on-lab.ts";

const local = "/api/v1/clusters/local";
let lab: Lab;
let shoal: Shoal;

beforeAll(async () => {
  lab = await startLab({ name: "api", nodes: 3, managers: 1 });
  shoal = await startShoal({ engines: [lab.host("node1"), lab.host("node2")] });
  await createService(lab, "web", "--replicas", "2");
});
afterAll(async () => {
  await shoal?.stop();
  await lab?.down();
});

const nodeNamed = async (name: string) => {
  const node = (await list<NodeView>(shoal, `/nodes?node=${name}`))[0];
  if (!node) throw new Error(`no node ${name}`);
  return node;
};

test("clusters, nodes, services and tasks are as the engine says, with what did not answer", async () => {
  await untilRunning(shoal, "web", 2);
  const { body } = await shoal.api("GET", "/api/v1/clusters");
  expect(body).toMatchObject({
    items: [{ id: "local", phase: "ready", staleSince: null, simulated: false }],
  });
  const nodes = await ask<ListAnswer<NodeView>>(shoal, "GET", "/nodes");
  expect(nodes.items.map(({ name, role, state }) => [name, role, state]).sort()).toEqual([
    ["node1", "manager", "ready"],
    ["node2", "worker", "ready"],
    ["node3", "worker", "ready"],
  ]);
  expect(
    nodes.items
      .filter((node) => node.linked)
      .map((node) => node.name)
      .sort(),
  ).toEqual(["node1", "node2"]);
  expect(nodes.nodes?.map(({ name, ok }) => [name, ok])).toEqual([
    ["node1", true],
    ["node2", true],
  ]);
  const [web] = await list<ServiceView>(shoal, "/services");
  expect(web).toMatchObject({ name: "web", replicas: 2, image: { name: "lab/web", tag: "1" } });
});

test("a service is scaled by name and by id, applied once, written down, with its earlier specification kept", async () => {
  const { ID } = await inspectService(lab, "web");
  const token = await shoal.token("operator", "deploy bot");
  const answer = await shoal.api("POST", `${local}/services/web/scale`, { replicas: 4 }, { token });
  expect(answer.status).toBe(200);
  expect((answer.body as WriteAnswer<ServiceView>).item).toMatchObject({ id: ID, replicas: 4 });
  expect((await inspectService(lab, "web")).Spec.Mode.Replicated.Replicas).toBe(4);
  await untilRunning(shoal, "web", 4);
  await ask(shoal, "POST", `/services/${ID}/scale`, { replicas: 3 });
  await untilRunning(shoal, "web", 3);
  const revisions = serviceRevisions(shoal.dataDir, ID);
  expect(revisions.map(({ action, userName, via }) => [action, userName, via])).toEqual([
    ["service.scale", "token test", "token"],
    ["service.scale", "token deploy bot", "token"],
  ]);
  expect(JSON.parse(revisions[1]?.specBefore ?? "")).toMatchObject({ Mode: { Replicated: { Replicas: 2 } } });
  expect(revisions[1]?.specAfter).toBe(revisions[0]?.specBefore);
  expect(auditRows(shoal.dataDir).find((row) => row.userName === "token deploy bot")).toMatchObject({
    action: "service.scale",
    object: "service web",
    cluster: "local",
    role: "operator",
    result: "ok",
    facts: '{"replicas":{"from":2,"to":4}}',
  });
});

test("the start of an id is not a name", async () => {
  const { ID } = await inspectService(lab, "web");
  expect((await refusal(shoal, "POST", `/services/${ID.slice(0, 8)}/scale`, { replicas: 1 })).code).toBe(
    "not_found",
  );
});

test("a restart replaces the tasks and nothing else", async () => {
  const before = await inspectService(lab, "web");
  const old = (await untilRunning(shoal, "web", 3)).map((task) => task.id);
  await ask(shoal, "POST", "/services/web/restart", {});
  const after = await inspectService(lab, "web");
  expect(after.Spec.TaskTemplate.ForceUpdate).toBe(before.Spec.TaskTemplate.ForceUpdate + 1);
  await waitFor("three new tasks", async () => {
    const now = await runningTasks(shoal, "web");
    return now.length === 3 && now.every((task) => !old.includes(task.id));
  }, { timeoutMs: 60_000 }); // biome-ignore format: one call
  const detail = await ask<ServiceDetail>(shoal, "GET", "/services/web");
  expect(detail.tasks.filter((task) => old.includes(task.id)).map((task) => task.desired)).toContain(
    "shutdown",
  );
});

test("events tell a service's whole life", async () => {
  const events = await followEvents(shoal.url, await shoal.token("viewer"));
  expect((await events.next("ready")).data).toMatchObject({ cluster: "local" });
  await createService(lab, "brief");
  const made = await events.next("services.changed", (data) => data.name === "brief");
  const id = made.data.id;
  const task = await events.next("tasks.changed", (data) => data.serviceId === id);
  await events.next("tasks.changed", (data) => data.id === task.data.id && data.state === "running");
  expect((await shoal.api("DELETE", `${local}/services/brief`)).status).toBe(204);
  await events.next("services.removed", (data) => data.id === id);
  events.close();
  expect(await list<ServiceView>(shoal, "/services")).toHaveLength(1);
  await expect(inspectService(lab, "brief")).rejects.toThrow(/no such service/i);
  expect(serviceRevisions(shoal.dataDir, String(id))[0]).toMatchObject({
    action: "service.remove",
    specAfter: "null",
  });
});

test("a task is killed where its engine is linked, and refused elsewhere with the reason", async () => {
  await createService(lab, "everywhere", "--mode", "global", "--restart-delay", "100ms");
  const tasks = await untilRunning(shoal, "everywhere", 3);
  const on = async (name: string) => {
    const { id } = await nodeNamed(name);
    return tasks.find((task) => task.nodeId === id)?.id ?? "";
  };
  const [linked, unlinked] = [await on("node2"), await on("node3")];
  const problem = await refusal(shoal, "POST", `/tasks/${unlinked}/kill`, {});
  expect(problem.code).toBe("node_not_linked");
  expect(problem.detail).toContain("node3");
  const { warnings } = await ask<WriteAnswer<never>>(shoal, "POST", `/tasks/${linked}/kill`, {});
  expect(warnings).toHaveLength(1);
  await waitFor("another task in its place", async () => {
    const now = await runningTasks(shoal, "everywhere");
    return now.length === 3 && now.every((task) => task.id !== linked);
  });
  await shoal.api("DELETE", `${local}/services/everywhere`);
});

test("a node is drained, its tasks move, and it is made active again", async () => {
  const { id } = await nodeNamed("node2");
  await lab.docker(
    "node1",
    "service",
    "update",
    "--detach",
    "--quiet",
    "--constraint-add",
    "node.role==worker",
    "web",
  );
  await waitFor(
    "tasks on node2",
    async () => (await runningTasks(shoal, "web")).some((task) => task.nodeId === id),
    {
      timeoutMs: 60_000,
    },
  );
  const drained = await ask<WriteAnswer<NodeView>>(shoal, "PATCH", "/nodes/node2", { availability: "drain" });
  expect(drained.item).toMatchObject({ name: "node2", availability: "drain" });
  await waitFor("all tasks elsewhere", async () => {
    const tasks = await runningTasks(shoal, "web");
    return tasks.length === 3 && tasks.every((task) => task.nodeId !== id);
  });
  await ask(shoal, "PATCH", `/nodes/${id}`, { availability: "active" });
  await waitFor("the node to be active", async () => (await nodeNamed("node2")).availability === "active");
});

test("labels are merged; a label somebody else changed is a conflict that shows both", async () => {
  await ask(shoal, "PATCH", "/nodes/node3", { labels: { zone: "a", "x<y": '"&' } });
  await lab.docker("node1", "node", "update", "--label-add", "zone=b", "--label-add", "theirs=1", "node3");
  const conflict = await refusal(shoal, "PATCH", "/nodes/node3", {
    labels: { zone: "c" },
    labelsBefore: { zone: "a", "x<y": '"&' },
  });
  expect(conflict.code).toBe("conflict");
  expect(JSON.stringify(conflict.details)).toContain('"theirs":"b"');
  await ask(shoal, "PATCH", "/nodes/node3", {
    labels: { zone: "b", mine: "1" },
    labelsBefore: { zone: "b", "x<y": '"&' },
  });
  const labels = await lab.docker("node1", "node", "inspect", "--format", "{{json .Spec.Labels}}", "node3");
  expect(JSON.parse(labels)).toEqual({ zone: "b", theirs: "1", mine: "1" });
});

test("a worker is promoted, warned about, and demoted again", async () => {
  const { warnings } = await ask<WriteAnswer<NodeView>>(shoal, "PATCH", "/nodes/node2", { role: "manager" });
  expect(warnings.join(" ")).toMatch(/2 managers/);
  await waitFor("a second manager", async () => (await nodeNamed("node2")).reachability === "reachable");
  await ask(shoal, "PATCH", "/nodes/node2", { role: "worker" });
  await waitFor("a worker again", async () => {
    const node = await nodeNamed("node2");
    return node.role === "worker" && node.reachability === null;
  });
  await waitFor(
    "the picture to be ready",
    async () => (await ask<{ phase: string }>(shoal, "GET", "")).phase === "ready",
  );
});

test("swarm settings, tokens and rotation", async () => {
  const before = await ask<SwarmSettings>(shoal, "GET", "/swarm");
  expect(before).toMatchObject({ autolock: false, taskHistoryLimit: 5 });
  const after = await ask<SwarmSettings>(shoal, "PATCH", "/swarm", {
    taskHistoryLimit: 3,
    nodeCertExpiryHours: 100,
  });
  expect(after).toEqual({ ...before, taskHistoryLimit: 3, nodeCertExpiryHours: 100 });
  const tokens = await ask<{ worker: string; manager: string }>(shoal, "GET", "/swarm/join-tokens");
  expect(tokens.worker).toMatch(/^docker swarm join --token SWMTKN-1-\S+ 10\.99\.\d+\.\d+:2377$/);
  expect((await shoal.api("POST", `${local}/swarm/rotate`, { target: "worker" })).status).toBe(204);
  const rotated = await ask<{ worker: string; manager: string }>(shoal, "GET", "/swarm/join-tokens");
  expect(rotated.worker).not.toBe(tokens.worker);
  expect(rotated.manager).toBe(tokens.manager);
  expect((await refusal(shoal, "POST", "/swarm/init", { advertiseAddr: "127.0.0.1" })).code).toBe(
    "already_done",
  );
  const rows = JSON.stringify(auditRows(shoal.dataDir));
  expect(rows).toContain('"swarm.tokens"');
  expect(rows).not.toContain("SWMTKN");
  expect(shoal.log()).not.toContain("SWMTKN");
});

test("a node that is up is removed only by force", async () => {
  const problem = await refusal(shoal, "DELETE", "/nodes/node3");
  expect(problem.code).toBe("refused_by_engine");
  expect(problem.detail).toContain("node3");
  expect((await shoal.api("DELETE", `${local}/nodes/node3?force=true`)).status).toBe(204);
  await waitFor("two nodes in the list", async () => (await list<NodeView>(shoal, "/nodes")).length === 2);
});
