import { afterAll, beforeAll, expect, test } from "vitest";
import type { ListAnswer, WriteAnswer } from "#lib/shared/api/types.ts";
import { healthOfAll } from "#lib/shared/model/cluster-summary.ts";
import { taskCondition } from "#lib/shared/model/task-state.ts";
import type { ClusterModel, ServiceView } from "#lib/shared/model/types.ts";
import { auditRows, serviceRevisions } from "../lab/data-dir.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { type Viewer, watchCluster } from "../lab/viewer.ts";
import { waitFor } from "../lab/wait.ts";
import { ask, createService, inspectService, refusal, untilPhase, untilRunning } from "./server-on-lab.ts";

let lab: Lab;
let shoal: Shoal;
let viewers: Viewer[];
let killed = "";

beforeAll(async () => {
  lab = await startLab({ name: "faults of managers", nodes: 4, managers: 3 });
  shoal = await startShoal({ engines: lab.managers.map(lab.host) });
  const onWorker = ["--constraint", "node.role==worker"];
  await createService(lab, "web", "--replicas", "3", ...onWorker);
  await createService(lab, "api", "--replicas", "2", ...onWorker);
  await Promise.all([untilRunning(shoal, "web", 3), untilRunning(shoal, "api", 2)]);
  const token = await shoal.token("viewer");
  const headers = { authorization: `Bearer ${token}` };
  viewers = await Promise.all([watchCluster(shoal.url, headers), watchCluster(shoal.url, headers)]);
  await waitFor("both viewers to see the cluster", () => viewers.every((viewer) => viewer.model()));
});
afterAll(async () => {
  for (const viewer of viewers ?? []) viewer.close();
  await shoal?.stop();
  await lab?.down();
});

const leaderOf = (model: ClusterModel) => Object.values(model.nodes).find((node) => node.leader)?.name ?? "";

/** What a picture says that is not true while every task runs on the worker and only `away` may be gone. */
function lies(model: ClusterModel, away: readonly string[]): string[] {
  const nodes = Object.values(model.nodes);
  const tasks = Object.values(model.tasks);
  const down = nodes.filter((node) => node.state === "down" && !away.includes(node.name));
  const bad = tasks.filter((task) => taskCondition(task, model.nodes[task.nodeId ?? ""]).tone === "bad");
  const failing = [...healthOfAll(model, Date.now())].filter(([, health]) => health.tone === "bad");
  return [
    ...(nodes.length === 4 ? [] : [`${nodes.length} nodes`]),
    ...(Object.keys(model.services).length === 2 ? [] : ["a service is missing"]),
    ...(tasks.length >= 4 ? [] : [`${tasks.length} tasks`]),
    ...down.map((node) => `${node.name} is down`),
    ...bad.map((task) => `task ${task.id} is ${task.state}`),
    ...failing.map(([id, health]) => `service ${id} is ${health.kind}`),
  ];
}
const liesSince = (viewer: Viewer, from: number, away: readonly string[]) =>
  viewer.pictures.slice(from).flatMap((model) => lies(model, away));
const phasesSince = (viewer: Viewer, from: number) =>
  new Set(viewer.pictures.slice(from).map((m) => m.info.phase));

test("the leader loses power: changes wait for the election and happen once, nobody is told anything false", async () => {
  const before = viewers.map((viewer) => viewer.pictures.length);
  const forced = (await inspectService(lab, "api")).Spec.TaskTemplate.ForceUpdate;
  killed = leaderOf(viewers[0]?.model() as ClusterModel);
  expect(killed).toMatch(/^node[123]$/);
  await lab.kill(killed);
  // Sent at once, when no manager knows yet that there is no leader.
  const [scaled, restarted] = await Promise.all([
    ask<WriteAnswer<ServiceView>>(shoal, "POST", "/services/web/scale", { replicas: 4 }),
    ask<WriteAnswer<ServiceView>>(shoal, "POST", "/services/api/restart", {}),
  ]);
  expect(scaled.item?.replicas).toBe(4);
  await untilRunning(shoal, "web", 4);
  for (const viewer of viewers) {
    await waitFor("a new leader in the picture", () => {
      const { info } = viewer.model();
      const leader = leaderOf(viewer.model());
      return info.phase === "ready" && info.staleSince === null && leader !== "" && leader !== killed;
    });
  }
  const survivor = lab.managers.find((name) => name !== killed) ?? "";
  expect((await inspectService(lab, "web", survivor)).Spec.Mode.Replicated.Replicas).toBe(4);
  const api = await inspectService(lab, "api", survivor);
  expect(api.Spec.TaskTemplate.ForceUpdate).toBe(forced + 1);
  expect(serviceRevisions(shoal.dataDir, scaled.item?.id ?? "")).toHaveLength(1);
  expect(serviceRevisions(shoal.dataDir, restarted.item?.id ?? "")).toHaveLength(1);
  const rows = auditRows(shoal.dataDir).filter((row) => /^service\.(scale|restart)$/.test(row.action));
  expect(rows.map((row) => [row.action, row.result]).sort()).toEqual([
    ["service.restart", "ok"],
    ["service.scale", "ok"],
  ]);
  viewers.forEach((viewer, index) => {
    const from = before[index] ?? 0;
    expect(liesSince(viewer, from, [killed])).toEqual([]);
    expect(
      [...phasesSince(viewer, from)].filter((phase) => phase !== "ready" && phase !== "electing"),
    ).toEqual([]);
    expect(viewer.closed()).toBeNull();
    expect(viewer.frames.filter((frame) => frame.startsWith('{"type":"error"'))).toEqual([]);
  });
});

test("two of three managers away: the sentence, the last picture marked as old, and back without help", async () => {
  const second = leaderOf(viewers[0]?.model() as ClusterModel);
  const before = viewers.map((viewer) => viewer.pictures.length);
  await lab.kill(second);
  const info = await untilPhase(shoal, "no_quorum", { timeoutMs: 90_000 });
  expect(info.staleSince).not.toBeNull();
  // The engine's first word for it is a time-out of its own, after 20 s each; only then it knows that there is no leader.
  await waitFor(
    "the engine's sentence",
    async () => {
      const { phase, message } = await untilPhase(shoal, "no_quorum");
      if (!/does not have a leader/.test(message ?? "")) throw new Error(`${phase}: ${message}`);
      return true;
    },
    { timeoutMs: 90_000 },
  );
  const services = await ask<ListAnswer<ServiceView>>(shoal, "GET", "/services");
  expect(services.items.map((service) => service.name).sort()).toEqual(["api", "web"]);
  const problem = await refusal(shoal, "POST", "/services/web/scale", { replicas: 5 });
  expect(problem.code).toBe("no_quorum");
  expect(problem.engineText).toMatch(/leader/);
  expect((await fetch(`${shoal.url}/api/health`)).status).toBe(200);

  await Promise.all([lab.start(second), lab.start(killed)]);
  await untilPhase(shoal, "ready", { timeoutMs: 60_000 });
  await ask(shoal, "POST", "/services/web/scale", { replicas: 2 });
  await untilRunning(shoal, "web", 2);
  viewers.forEach((viewer, index) => {
    const from = before[index] ?? 0;
    expect(liesSince(viewer, from, [killed, second])).toEqual([]);
    expect([...phasesSince(viewer, from)].sort()).toEqual(["electing", "no_quorum", "ready"]);
    expect(viewer.closed()).toBeNull();
  });
  const rows = auditRows(shoal.dataDir).filter((row) => row.action === "service.scale");
  expect(rows.map((row) => row.result)).toEqual(["ok", "failed", "ok"]);
}, 300_000);

test("the log has no error of our own", () => {
  expect(shoal.log()).not.toContain("unhandled rejection");
  expect(shoal.log()).not.toContain("operation failed");
});
