import { existsSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import type { ContainerView } from "#lib/shared/containers/types.ts";
import { healthOfAll } from "#lib/shared/model/cluster-summary.ts";
import type { ClusterInfo, ClusterModel, NodeView, ServiceView } from "#lib/shared/model/types.ts";
import { auditRows, serviceRevisions } from "../lab/data-dir.ts";
import { type EngineProxy, startEngineProxy } from "../lab/engine-proxy.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { type Viewer, watchCluster } from "../lab/viewer.ts";
import { waitFor } from "../lab/wait.ts";
import {
  ask,
  createService,
  inspectService,
  list,
  refusal,
  untilPhase,
  untilRunning,
} from "./server-on-lab.ts";

let lab: Lab;
let proxy: EngineProxy;
let shoal: Shoal;
let token: string;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "shoal-faults-"));
  lab = await startLab({ name: "faults", nodes: 3, managers: 1 });
  proxy = await startEngineProxy(lab.socket("node1"));
  shoal = await startShoal({ engines: [proxy.host] });
  token = await shoal.token("viewer");
  await createService(lab, "web", "--replicas", "3");
  await untilRunning(shoal, "web", 3);
});
afterAll(async () => {
  await shoal?.stop();
  proxy?.close();
  await lab?.down();
  rmSync(folder, { recursive: true, force: true });
});

const watch = (on = shoal, as = token): Promise<Viewer> =>
  watchCluster(on.url, { authorization: `Bearer ${as}` });
const serviceNamed = (model: ClusterModel, name: string) => {
  const service = Object.values(model.services).find((one) => one.name === name);
  if (!service) throw new Error(`no service ${name}`);
  return service;
};
const healthIn = (viewer: Viewer, name: string) => {
  const model = viewer.model();
  return healthOfAll(model, Date.now()).get(serviceNamed(model, name).id);
};
const runningIn = (viewer: Viewer, name: string) => healthIn(viewer, name)?.running;

test("a viewer sees a service scaled from 3 to 12 and back, each step of it", async () => {
  const viewer = await watch();
  await waitFor("3 of 3", () => runningIn(viewer, "web") === 3);
  await lab.docker("node1", "service", "scale", "--detach", "web=12");
  await waitFor("12 of 12", () => runningIn(viewer, "web") === 12);
  await ask(shoal, "POST", "/services/web/scale", { replicas: 3 });
  await waitFor("3 of 3", () => runningIn(viewer, "web") === 3 && healthIn(viewer, "web")?.desired === 3);
  await waitFor("no task left over", () => Object.keys(viewer.model().tasks).length === 3);
  viewer.close();
});

test("twenty viewers cost the engine what one costs", async () => {
  // Holds one look at what containers use, wherever it begins.
  const windowMs = 10_000;
  const callsDuring = async () => {
    const before = proxy.calls();
    await pause(windowMs); // the thing measured is calls per time
    return proxy.calls() - before;
  };
  const first = await watch();
  await waitFor("a picture", () => first.model().info.checkEveryMs !== null);
  const one = await callsDuring();
  const more = await Promise.all(Array.from({ length: 19 }, () => watch()));
  await waitFor("pictures for all", () => more.every((viewer) => viewer.model()));
  const twenty = await callsDuring();
  expect(one).toBeGreaterThan(5);
  // How often is looked adapts to how busy the machine is, so the two differ a little; each viewer's own calls would be 20 times as many.
  expect(twenty).toBeLessThan(one * 2);
  for (const viewer of [first, ...more]) viewer.close();
});

describe("the server is killed in the middle of a scale", () => {
  const update = /^\/v[\d.]+\/services\/\w+\/update/;
  const scaleAndKill = async (what: "request" | "answer", replicas: number) => {
    const held = proxy.holdNext("POST", update, what);
    const answer = shoal.api("POST", "/api/v1/clusters/local/services/web/scale", { replicas }).then(
      () => "answered",
      () => "broken",
    );
    await held;
    await shoal.kill9();
    expect(await answer).toBe("broken");
    await shoal.restart();
    await untilPhase(shoal, "ready");
  };
  const facts = async () => {
    const { ID, Spec } = await inspectService(lab, "web");
    const scales = auditRows(shoal.dataDir).filter((row) => row.action === "service.scale");
    return {
      replicas: Spec.Mode.Replicated.Replicas,
      revisions: serviceRevisions(shoal.dataDir, ID).length,
      audited: scales.length,
    };
  };

  test("before the engine has it: nothing has happened, and the next one works", async () => {
    const before = await facts();
    await scaleAndKill("request", 5);
    expect((await facts()).replicas).toBe(before.replicas);
    // What was begun is known; nobody claims that it was done.
    expect(auditRows(shoal.dataDir).find((row) => row.action === "service.scale")?.result).toBe("started");
    await ask(shoal, "POST", "/services/web/scale", { replicas: 4 });
    await untilRunning(shoal, "web", 4);
    expect((await facts()).replicas).toBe(4);
  });

  test("after the engine has done it: it has happened once, and is written down", async () => {
    const before = await facts();
    await scaleAndKill("answer", 6);
    await untilRunning(shoal, "web", 6);
    const after = await facts();
    expect(after.replicas).toBe(6);
    expect(after.revisions - before.revisions).toBe(1);
    expect(after.audited - before.audited).toBe(1);
  });

  test("tokens and the first account are still there", async () => {
    expect((await shoal.api("GET", "/api/v1/me", undefined, { token })).status).toBe(200);
    expect((await shoal.api("GET", "/api/v1/setup")).body).toEqual({ needed: false });
    await ask(shoal, "POST", "/services/web/scale", { replicas: 3 });
    await untilRunning(shoal, "web", 3);
  });
});

test("a drained node empties before the viewer's eyes and takes nothing back by itself", async () => {
  const viewer = await watch();
  const node = () => Object.values(viewer.model().nodes).find((one) => one.name === "node2") as NodeView;
  await waitFor("the picture", () => node().state === "ready");
  await ask(shoal, "PATCH", "/nodes/node2", { availability: "drain" });
  const { id } = node();
  await waitFor("the node to be empty and the service whole", () => {
    const tasks = Object.values(viewer.model().tasks);
    const there = tasks.filter((task) => task.nodeId === id && task.desired === "running");
    return node().availability === "drain" && there.length === 0 && runningIn(viewer, "web") === 3;
  });
  await ask(shoal, "PATCH", "/nodes/node2", { availability: "active" });
  await waitFor("the node to be active", () => node().availability === "active");
  viewer.close();
});

test("a restart that fails its health check and is rolled back is shown as rolled back", async () => {
  // Tasks remember how the world was when they began, so that only new ones fail.
  const flag = join(folder, "broken");
  const script = "if [ -e /world/broken ]; then touch /tmp/broken; fi; exec sleep 100000";
  await createService(
    lab, "shaky", "--replicas", "2", "--mount", `type=bind,src=${folder},dst=/world,readonly`,
    "--entrypoint", "sh", "--health-cmd", "test ! -e /tmp/broken", "--health-interval", "500ms",
    "--health-retries", "2", "--health-start-period", "1ms", "--stop-grace-period", "1s",
    "--update-failure-action", "rollback", "--update-monitor", "5s", "--rollback-monitor", "1s",
    "lab/web:1", "-c", script,
  ); // biome-ignore format: options in pairs
  await untilRunning(shoal, "shaky", 2);
  const viewer = await watch();
  await waitFor("the service in the picture", () => runningIn(viewer, "shaky") === 2);
  writeFileSync(flag, "");
  await ask(shoal, "POST", "/services/shaky/restart", {});
  await waitFor(
    "the roll back to begin",
    () => serviceNamed(viewer.model(), "shaky").update?.state.startsWith("rollback"),
    { timeoutMs: 60_000 },
  );
  if (existsSync(flag)) unlinkSync(flag);
  await waitFor("rolled back", () => {
    const health = healthIn(viewer, "shaky");
    if (health?.kind !== "rolled_back") throw new Error(`${health?.kind} ${health?.word.key}`);
    return true;
  }, { timeoutMs: 60_000 }); // biome-ignore format: one call
  expect(serviceNamed(viewer.model(), "shaky").update?.state).toBe("rollback_completed");
  viewer.close();
  await ask(shoal, "DELETE", "/services/shaky");
});

test("a worker's socket: says so, names the managers, and refuses changes with that reason", async () => {
  const onWorker = await startShoal({ engines: [lab.host("node2")] });
  try {
    await untilPhase(onWorker, "not_manager");
    const info = await ask<ClusterInfo>(onWorker, "GET", "");
    expect(info.remoteManagers).toEqual([expect.stringMatching(/^10\.99\.\d+\.1:2377$/)]);
    expect((await refusal(onWorker, "POST", "/services/web/scale", { replicas: 1 })).code).toBe(
      "not_a_manager",
    );
    expect((await ask<ListAnswer<ServiceView>>(onWorker, "GET", "/services")).items).toEqual([]);
  } finally {
    await onWorker.stop();
  }
}, 180_000);

test("no engine at the start, then one without a swarm, then a swarm started through the API", async () => {
  await lab.docker("node3", "swarm", "leave");
  await lab.docker("node3", "run", "--detach", "--name", "lonely", "lab/web:1");
  const socket = join(folder, "docker.sock");
  const alone = await startShoal({ engines: [`unix://${socket}`] });
  try {
    await untilPhase(alone, "no_engine");
    const info = await ask<ClusterInfo>(alone, "GET", "");
    expect(info.attempts).toMatchObject([{ target: `unix://${socket}`, result: "not_there" }]);
    expect((await refusal(alone, "POST", "/services/x/scale", { replicas: 1 })).code).toBe("no_engine");
    symlinkSync(lab.socket("node3"), socket);
    const viewer = await watch(alone, await alone.token("viewer"));
    await waitFor("the engine and its container", async () => {
      const { info: now } = viewer.model();
      if (now.phase !== "not_swarm") throw new Error(`phase ${now.phase}`);
      const { items } = await ask<ListAnswer<ContainerView>>(alone, "GET", "/containers");
      return items.some((container) => container.name === "lonely");
    });
    const { hostAddresses } = viewer.model().info;
    expect((await refusal(alone, "POST", "/swarm/init", { advertiseAddr: "no-such-interface" })).code).toBe(
      "refused_by_engine",
    );
    expect(hostAddresses).toBeInstanceOf(Array);
    const address = `${lab.net}.3`;
    await ask(alone, "POST", "/swarm/init", { advertiseAddr: address });
    await waitFor("a swarm of one manager", () => {
      const { info: now, nodes } = viewer.model();
      return now.phase === "ready" && Object.values(nodes).some((node) => node.leader);
    });
    expect(viewer.closed()).toBeNull();
    viewer.close();
  } finally {
    await alone.stop();
  }
}, 180_000);

test("autolock: a restarted manager is locked, and opened through the API with the key", async () => {
  await ask(shoal, "PATCH", "/swarm", { autolock: true });
  const { key } = await ask<{ key: string }>(shoal, "GET", "/swarm/unlock-key");
  expect(key).toMatch(/^SWMKEY-1-/);
  await lab.kill("node1");
  await untilPhase(shoal, "no_engine");
  const stale = await list<ServiceView>(shoal, "/services");
  expect(stale.map((service) => service.name)).toEqual(["web"]);
  await lab.start("node1");
  const info = await untilPhase(shoal, "locked");
  expect(info.staleSince).not.toBeNull();
  expect((await refusal(shoal, "POST", "/services/web/scale", { replicas: 1 })).code).toBe("swarm_locked");
  const wrong = await refusal(shoal, "POST", "/swarm/unlock", { key: `SWMKEY-1-${"A".repeat(43)}` });
  expect(wrong.code).toBe("refused_by_engine");
  const operator = await shoal.token("operator");
  const denied = await shoal.api("POST", "/api/v1/clusters/local/swarm/unlock", { key }, { token: operator });
  expect(denied.status).toBe(403);
  await ask(shoal, "POST", "/swarm/unlock", { key });
  await untilPhase(shoal, "ready", { timeoutMs: 60_000 });
  await untilRunning(shoal, "web", 3, { timeoutMs: 60_000 });
  const text = JSON.stringify(auditRows(shoal.dataDir)) + shoal.log();
  expect(text).toContain("swarm.unlock");
  expect(text).not.toContain(key);
}, 180_000);
