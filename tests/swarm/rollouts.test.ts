import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseEndpoint } from "#lib/server/docker/endpoint.ts";
import { createEngine, type Engine } from "#lib/server/docker/engine.ts";
import type {
  OperationDetail,
  OperationView,
  RevisionDiff,
  RevisionList,
  SpecChange,
} from "#lib/shared/api/history.ts";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { jsonAt, withJsonAt } from "#lib/shared/lossless-json.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";
import { ask, createService, inspectService, list, refusal, untilRunning } from "./server-on-lab.ts";

let lab: Lab;
let shoal: Shoal;
let engine: Engine;
beforeAll(async () => {
  lab = await startLab({ name: "rollouts", nodes: 3, managers: 1 });
  engine = createEngine(parseEndpoint(lab.socket("node1")));
  await engine.connect();
  shoal = await startShoal({ engines: [lab.host("node1")] });
});
afterAll(async () => {
  engine?.close();
  await shoal?.stop();
  await lab?.down();
});

const docker = (...args: string[]) => lab.docker("node1", ...args);
const update = (name: string, ...options: string[]) =>
  docker("service", "update", "--detach", "--quiet", ...options, name);
const post = (path: string, body: object = {}) =>
  ask<WriteAnswer<ServiceView>>(shoal, "POST", `/services/${path}`, body);
const operations = (service: string) => list<OperationView>(shoal, `/operations?service=${service}`);
const operation = (id: number | null | undefined) => ask<OperationDetail>(shoal, "GET", `/operations/${id}`);
const revisions = (service: string) => ask<RevisionList>(shoal, "GET", `/services/${service}/revisions`);
const words = (each: OperationView) => say(t, each.words);
const labels = (changes: readonly SpecChange[]) => changes.map(({ label }) => label);

/** The engine's exact text of a service's Spec. */
async function specOf(name: string): Promise<string> {
  return jsonAt(await engine.getText(`/services/${name}`), ["Spec"]) ?? "";
}

/** Waits until the newest operation of a service is of this kind and in this state, and answers it. */
function until(service: string, kind: string, state: string, timeoutMs = 60_000): Promise<OperationDetail> {
  return waitFor(
    `${service}: ${kind} ${state}`,
    async () => {
      const [newest] = await operations(service);
      if (!newest) throw new Error("no operation");
      if (newest.kind !== kind || newest.state !== state)
        throw new Error(`${newest.kind} is ${newest.state}: ${words(newest)}`);
      return operation(newest.id);
    },
    { timeoutMs, intervalMs: 250 },
  );
}

const quick = [
  "--update-monitor", "2s", "--rollback-monitor", "2s", "--restart-delay", "1s", "--stop-grace-period", "1s",
]; // biome-ignore format: pairs

describe("an operation is followed to its real end", () => {
  test("scale, restart and an update that succeed", async () => {
    await createService(lab, "good", "--replicas", "2", ...quick);
    await untilRunning(shoal, "good", 2);
    const scaled = await post("good/scale", { replicas: 3 });
    expect(await operation(scaled.operation)).toMatchObject({
      kind: "scale",
      state: "running",
      via: "token",
      change: { fromReplicas: 2, toReplicas: 3, replacesTasks: false },
    });
    expect(words(await until("good", "scale", "completed"))).toBe("3 tasks run.");
    await untilRunning(shoal, "good", 3);

    const restarted = await post("good/restart");
    const done = await until("good", "restart", "completed");
    expect(done.id).toBe(restarted.operation);
    expect(words(done)).toBe("All 3 new tasks run.");
    // The engine's own end came before ours, and every slot shows the old task leaving and the new one running.
    const { UpdateStatus } = (await inspectService(lab, "good")) as { UpdateStatus?: { State: string } };
    expect(UpdateStatus?.State).toBe("completed");
    for (const slot of [1, 2, 3]) {
      const lane = done.tracks.filter((track) => track.slot === slot);
      expect(lane.find(({ isNew }) => !isNew)?.steps.at(-1)?.phase).toMatch(/stopping|gone/);
      expect(lane.find(({ isNew }) => isNew)?.steps.at(-1)?.phase).toBe("running");
    }
    const took = (done.endedAt ?? 0) - done.startedAt;
    expect(took).toBeGreaterThan(3_000);
  });

  test("a change of labels alone touches no task and says so", async () => {
    await update("good", "--label-add", "team=a");
    const done = await until("good", "update", "completed");
    expect(done).toMatchObject({ kind: "update", via: "outside", change: { replacesTasks: false } });
    expect(words(done)).toBe("Done. No task had to be replaced.");
  });

  test("fails and pauses: with the task's error; continue goes on", async () => {
    await createService(lab, "pausing", "--replicas", "3", "--update-failure-action", "pause", ...quick);
    await untilRunning(shoal, "pausing", 3);
    await update("pausing", "--env-add", "CRASH_AFTER=1");
    const paused = await until("pausing", "update", "paused");
    expect(words(paused)).toContain("A new task failed: exit 1, the program reported an error.");
    expect(paused.failure).toMatchObject({ exitCode: 1, error: "task: non-zero exit (1)" });
    expect(paused.endedAt).toBeNull();

    const { operation: id } = await post("pausing/continue");
    // The same specification again: swarm fails again with the next task.
    const again = await until("pausing", "continue", "paused");
    expect(again).toMatchObject({ id, kind: "continue" });
    expect(await operation(paused.id)).toMatchObject({ state: "superseded" });
    const refused = await refusal(shoal, "POST", "/services/good/continue", {});
    expect(refused).toMatchObject({ code: "conflict" });

    // The engine's own "previous" is now the broken one; ours leads back.
    const { items, previous } = await revisions("pausing");
    expect(previous?.changes).toEqual([]);
    expect(items.map(({ action }) => action)).toContain("outside.update");
    await post("pausing/rollback", { revision: 0 });
    const back = await until("pausing", "rollback", "completed");
    expect(back.kind).toBe("rollback");
    await untilRunning(shoal, "pausing", 3);
  });

  test("fails and rolls back: with the task's error and the version that is back", async () => {
    await createService(
      lab, "rolling", "--replicas", "2", "--update-failure-action", "rollback", "--env", "A=1", ...quick,
    ); // biome-ignore format: pairs
    await untilRunning(shoal, "rolling", 2);
    const before = await specOf("rolling");
    await update("rolling", "--image", "lab/web:2", "--env-add", "CRASH_AFTER=1");
    const back = await until("rolling", "update", "rolled_back");
    expect(words(back)).toBe(
      "A new task failed: exit 1, the program reported an error. Swarm put version 1 back.",
    );
    expect(back.failure).toMatchObject({ exitCode: 1 });
    expect(await specOf("rolling")).toBe(before);
    // One operation, and a revision for each of the two changes.
    expect(await operations("rolling")).toHaveLength(1);
    const { items, previous } = await revisions("rolling");
    expect(items.map(({ via, action }) => [via, action])).toEqual([
      ["swarm", "swarm.rollback"],
      ["outside", "outside.update"],
      [null, "first"],
    ]);
    expect(items[0]?.current).toBe(true);
    expect(previous).toBeNull();
  });

  test("cannot place, and resolves by itself", async () => {
    await createService(lab, "placeless", "--replicas", "2", ...quick);
    await untilRunning(shoal, "placeless", 2);
    await update("placeless", "--constraint-add", "node.labels.zone==edge");
    const stuck = await until("placeless", "update", "stuck");
    expect(words(stuck)).toContain("no node matches node.labels.zone==edge");
    await docker("node", "update", "--label-add", "zone=edge", "node2");
    const done = await until("placeless", "update", "completed");
    expect(done.id).toBe(stuck.id);
    expect(words(done)).toBe("All 2 new tasks run.");
  });

  test("cannot pull: rejected, with the image's name; a newer change takes over", async () => {
    await createService(lab, "pulling", "--replicas", "2", "--update-failure-action", "continue", ...quick);
    await untilRunning(shoal, "pulling", 2);
    await update("pulling", "--image", "lab/nothing:9", "--no-resolve-image");
    const stuck = await until("pulling", "update", "stuck");
    expect(words(stuck)).toContain("no such image: lab/nothing:9");
    expect(stuck.failure?.error).toContain("No such image: lab/nothing:9");
    await update("pulling", "--image", "lab/web:2", "--no-resolve-image");
    const done = await until("pulling", "update", "completed");
    expect(done.change).toMatchObject({ fromImage: "9", toImage: "2" });
    expect(await operation(stuck.id)).toMatchObject({ state: "superseded" });
  });

  test("a global service, job and removal", async () => {
    await createService(lab, "everywhere", "--mode", "global", ...quick);
    await untilRunning(shoal, "everywhere", 3);
    await post("everywhere/restart");
    const done = await until("everywhere", "restart", "completed");
    expect(words(done)).toBe("All 3 new tasks run.");
    expect(new Set(done.tracks.map(({ nodeId }) => nodeId)).size).toBe(3);
    await post("everywhere/restart");
    await docker("service", "rm", "everywhere");
    const removed = await waitFor("its end", async () => {
      const [newest] = await list<OperationView>(shoal, `/operations?service=${done.service.id}`);
      return newest?.state === "failed" && newest;
    });
    expect(words(removed)).toBe("The service was removed.");
  });
});

describe("revisions", () => {
  test("back to three changes ago, after two scales: the same specification byte for byte", async () => {
    await createService(lab, "back", "--replicas", "1", "--env", "TOKEN=secret-value", ...quick);
    await untilRunning(shoal, "back", 1);
    const first = await specOf("back");
    await update("back", "--image", "lab/web:2", "--no-resolve-image", "--env-add", "TOKEN=other-secret");
    await until("back", "update", "completed");
    await post("back/scale", { replicas: 2 });
    await until("back", "scale", "completed");
    const { operation: second } = await post("back/scale", { replicas: 3 });
    expect((await until("back", "scale", "completed")).id).toBe(second);

    const { items, previous } = await revisions("back");
    expect(items.map(({ action, current }) => [action, current])).toEqual([
      ["service.scale", true],
      ["service.scale", false],
      ["outside.update", false],
      ["first", false],
    ]);
    const changed = items[2]?.changes ?? [];
    expect(changed.find(({ label }) => label === "Image")).toMatchObject({
      before: "lab/web:1",
      after: "lab/web:2",
    });
    expect(changed.find(({ label }) => label === "Variables")).toMatchObject({ altered: ["TOKEN"] });
    expect(JSON.stringify(items)).not.toContain("secret");
    // The engine's own previous is the scale before, and would not bring the image back.
    expect(previous?.changes).toMatchObject([{ label: "Replicas", before: "3", after: "2" }]);
    expect(previous?.sameAs).toBe(items[1]?.id);
    const diff = await ask<RevisionDiff>(
      shoal,
      "GET",
      `/services/back/revisions/diff?from=${items[0]?.id}&to=0`,
    );
    expect(labels(diff.changes)).toEqual(expect.arrayContaining(["Image", "Replicas", "Variables"]));

    const stale = await refusal(shoal, "POST", "/services/back/rollback", {
      revision: 0,
      current: items[1]?.id,
    });
    expect(stale).toMatchObject({ code: "conflict" });
    await post("back/rollback", { revision: 0, current: items[0]?.id });
    const counter = ["TaskTemplate", "ForceUpdate"];
    const now = await specOf("back");
    expect(withJsonAt(now, counter, "0")).toBe(withJsonAt(first, counter, "0"));
    expect((await until("back", "rollback", "completed")).kind).toBe("rollback");
    const after = await revisions("back");
    expect(after.items).toHaveLength(5);
    expect(after.items[0]).toMatchObject({
      action: "service.rollback",
      current: true,
      userName: "token test",
    });
  });

  test("raw texts are for admins, and every look is written down", async () => {
    const path = "/api/v1/clusters/local/services/back/revisions/0/raw";
    const viewer = await shoal.token("viewer");
    expect((await shoal.api("GET", path, undefined, { token: viewer })).status).toBe(403);
    const seen = await shoal.api("GET", path.replace("/raw", ""), undefined, { token: viewer });
    expect(seen.status).toBe(200);
    expect(JSON.stringify(seen.body)).not.toContain("secret");
    expect(JSON.stringify((await shoal.api("GET", path)).body)).toContain("secret-value");
  });

  test("a way back that opens a way to the host is for admins", async () => {
    await createService(lab, "once", "--replicas", "0", "--mount", "type=bind,source=/etc,target=/host");
    // Two versions within one round of reads would be one: the first has to be in the picture.
    await waitFor("its first version", async () =>
      (await list<ServiceView>(shoal, "/services")).some(({ name }) => name === "once"),
    );
    await update("once", "--mount-rm", "/host");
    await waitFor("the change from outside", async () => (await revisions("once")).items.length === 2);
    const path = "/api/v1/clusters/local/services/once/rollback";
    const token = await shoal.token("operator");
    const refused = await shoal.api("POST", path, { revision: 0 }, { token });
    expect(refused).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect((refused.body as { detail: string }).detail).toContain("/etc → /host");
    await post("once/rollback", { revision: 0 });
    expect(await specOf("once")).toContain('"Source":"/etc"');
  });

  test("what others changed while Shoal was away is found, and not twice", async () => {
    const before = (await revisions("back")).items.length;
    await shoal.kill9();
    await update("back", "--label-add", "away=yes");
    await shoal.restart();
    await untilRunning(shoal, "back", 1);
    const found = await waitFor("the revision", async () => {
      const { items } = await revisions("back");
      return items.length > before && items;
    });
    expect(found[0]).toMatchObject({ via: "outside", action: "outside.away", userName: null, current: true });
    expect(found[0]?.changes).toMatchObject([{ label: "Service labels", added: ["away=yes"] }]);
    await shoal.restart();
    await untilRunning(shoal, "back", 1);
    expect((await revisions("back")).items).toHaveLength(before + 1);
  });
});

test("killed in the middle of a rollout, the operation is there and ends right", async () => {
  await createService(lab, "killed", "--replicas", "4", "--update-delay", "2s", ...quick);
  await untilRunning(shoal, "killed", 4);
  const { operation: id } = await post("killed/restart");
  await waitFor("a first new task", async () =>
    (await operation(id)).tracks.some((track) => track.isNew && track.steps.at(-1)?.phase === "running"),
  );
  const seen = await operation(id);
  await shoal.kill9();
  await shoal.restart();
  const found = await waitFor("the operation", () => operation(id));
  expect(found).toMatchObject({ id, kind: "restart", startedAt: seen.startedAt });
  // What was written down before is still there.
  for (const track of seen.tracks) {
    expect(found.tracks.find((each) => each.id === track.id)?.steps.slice(0, track.steps.length)).toEqual(
      track.steps,
    );
  }
  const done = await until("killed", "restart", "completed", 90_000);
  expect(done.id).toBe(id);
  expect(words(done)).toBe("All 4 new tasks run.");
  expect(await operations("killed")).toHaveLength(1);
  const { items } = await revisions("killed");
  expect(items.map(({ action, confirmed }) => [action, confirmed])).toEqual([
    ["service.restart", true],
    ["first", true],
  ]);
});
