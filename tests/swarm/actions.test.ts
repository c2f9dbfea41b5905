import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serviceDetail, serviceEnv, serviceRaw, taskDetail } from "#lib/server/cluster/actions/details.ts";
import { killTask } from "#lib/server/cluster/actions/kill-task.ts";
import { patchNode, removeNode } from "#lib/server/cluster/actions/node-writes.ts";
import { removeService, restartService, scaleService } from "#lib/server/cluster/actions/service-writes.ts";
import {
  joinTokens,
  patchSwarm,
  rotate,
  swarmSettings,
  unlockKey,
} from "#lib/server/cluster/actions/swarm.ts";
import { jsonAt, withJsonAt } from "#lib/shared/lossless-json.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { waitFor } from "../lab/wait.ts";
import { type LabContext, labContext, tester } from "./action-context.ts";
import { everyOption } from "./every-option.ts";

let lab: Lab;
let ctx: LabContext;
beforeAll(async () => {
  lab = await startLab({ name: "actions", nodes: 3, managers: 1 });
  ctx = await labContext(lab);
});
afterAll(async () => {
  ctx?.close();
  await lab?.down();
});

async function specOf(name: string): Promise<string> {
  return jsonAt(await serviceRaw(ctx, name), ["Spec"]) ?? "";
}

async function createService(name: string, ...options: string[]): Promise<void> {
  await lab.docker("node1", "service", "create", "--detach", "--quiet", "--name", name, ...options);
  await ctx.refresh();
}

describe("a service made with every option of docker service create", () => {
  let created: string;
  beforeAll(async () => {
    await everyOption(lab, "full");
    await ctx.refresh();
    created = await specOf("full");
  });

  test("keeps every byte of its specification but the replicas when scaled", async () => {
    const { item } = await scaleService(ctx, tester, "full", { replicas: 3 });
    expect(item?.replicas).toBe(3);
    expect(await specOf("full")).toBe(withJsonAt(created, ["Mode", "Replicated", "Replicas"], "3"));
  });

  test("keeps every byte but the restart counter when restarted", async () => {
    const before = await specOf("full");
    await restartService(ctx, tester, "full", {});
    expect(jsonAt(before, ["TaskTemplate", "ForceUpdate"])).toBe("0");
    expect(await specOf("full")).toBe(withJsonAt(before, ["TaskTemplate", "ForceUpdate"], "1"));
  });

  test("leaves a revision of each replaced specification", () => {
    const kept = ctx.revisions.filter((revision) => revision.objectName === "full");
    expect(kept.map((revision) => revision.action)).toEqual(["service.scale", "service.restart"]);
    expect(kept[0]?.specBefore).toBe(created);
    expect(kept[0]?.specAfter).toBe(kept[1]?.specBefore);
  });

  test("is told in words, its environment by name only", async () => {
    const detail = await serviceDetail(ctx, "full");
    const text = JSON.stringify(detail.spec);
    expect(text).not.toContain("value-of-a");
    expect(detail.spec.find((group) => group.title === "Environment")?.fields).toEqual([
      { label: "Variables", value: ["A", "HTML"], masked: true },
    ]);
    expect(text).toContain("full-net as alias1");
    expect(text).toContain("18080 on the node → 8080/tcp");
    expect(await serviceEnv(ctx, "full")).toEqual(["A=value-of-a", "HTML=<b>&amp;</b>"]);
  });
});

describe("scale", () => {
  beforeAll(() => createService("web", "--replicas", "1", "--label", "n=0", "lab/web:1"));

  test("is repeated on the fresh specification when another change came between", async () => {
    // Changes the labels after the service was read and before it is written.
    const meddling = meddle(async (spec) => withJsonAt(spec, ["Labels", "n"], '"meddled"'));
    const { item } = await scaleService(meddling, tester, "web", { replicas: 2 });
    expect(item?.replicas).toBe(2);
    expect(jsonAt(await specOf("web"), ["Labels", "n"])).toBe('"meddled"');
  });

  test("is a conflict with both values when somebody else scaled between", async () => {
    const meddling = meddle(async (spec) => withJsonAt(spec, ["Mode", "Replicated", "Replicas"], "4"));
    await expect(scaleService(meddling, tester, "web", { replicas: 3 })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("replicas from 2 to 4 while you wanted 3"),
      details: { fields: [{ before: 2, theirs: 4, yours: 3 }] },
    });
    expect(jsonAt(await specOf("web"), ["Mode", "Replicated", "Replicas"])).toBe("4");
  });

  test("two writers of the same value both succeed", async () => {
    const answers = await Promise.all([1, 2, 3].map(() => scaleService(ctx, tester, "web", { replicas: 2 })));
    expect(answers.map(({ item }) => item?.replicas)).toEqual([2, 2, 2]);
  });

  test("warns where the wanted tasks find no place, with the arithmetic", async () => {
    await createService("tight", "--replicas-max-per-node", "2", "lab/web:1");
    const { warnings } = await scaleService(ctx, tester, "tight", { replicas: 8 });
    expect(warnings).toEqual(["At most 2 per node on the 3 nodes that fit: 6 can run, 2 will wait."]);
    const pending = await waitFor("two tasks without a place", async () => {
      const { tasks } = await serviceDetail(ctx, "tight");
      const waiting = tasks.filter((task) => task.state === "pending");
      return waiting.length === 2 && waiting;
    });
    expect(pending[0]?.error).toContain("max replicas per node limit exceed");
  });

  test("refuses services that have no number of replicas, and names that are not there", async () => {
    await createService("everywhere", "--mode", "global", "lab/web:1");
    await expect(scaleService(ctx, tester, "everywhere", { replicas: 2 })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(scaleService(ctx, tester, "nope", { replicas: 2 })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(scaleService(ctx, tester, "../nodes", { replicas: 2 })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  /** A context whose first write finds that somebody else has just changed the specification. */
  function meddle(edit: (spec: string) => Promise<string>): LabContext {
    let done = false;
    const manager = () => {
      const engine = ctx.manager();
      return Object.assign(Object.create(engine) as typeof engine, {
        send: async (...args: Parameters<typeof engine.send>) => {
          if (!done) {
            done = true;
            const raw = await serviceRaw(ctx, "web");
            const body = await edit(jsonAt(raw, ["Spec"]) ?? "");
            const version = jsonAt(raw, ["Version", "Index"]) ?? "";
            await engine.send("POST", args[1], { query: { version }, body });
          }
          return engine.send(...args);
        },
      });
    };
    return { ...ctx, manager };
  }
});

describe("kill", () => {
  test("ends one task on its engine, says what swarm does next, and the attempt tells how long it ran", async () => {
    await createService("victim", "--restart-delay", "1s", "lab/web:1");
    const running = await waitFor("the task to run", async () => {
      const { tasks } = await serviceDetail(ctx, "victim");
      return tasks.find((task) => task.state === "running");
    });
    const { warnings } = await killTask(ctx, running.id, {});
    expect(warnings).toEqual(["Swarm starts a new task in 1 s."]);
    const over = await waitFor("the task to be over", async () => {
      const { task } = await taskDetail(ctx, running.id);
      return task.state === "failed" && task.ranMs !== null && task;
    });
    expect(over).toMatchObject({ exitCode: 137, failures: 1 });
    expect(over.ranMs).toBeGreaterThan(0);
    await expect(killTask(ctx, running.id, {})).rejects.toMatchObject({ code: "already_done" });
  });

  test("is not possible where the node's engine is not linked", async () => {
    const { tasks } = await serviceDetail(ctx, "everywhere");
    const running = tasks.find((task) => task.state === "running");
    const unlinked = { ...ctx, engineOfNode: () => null };
    await expect(killTask(unlinked, running?.id ?? "", {})).rejects.toMatchObject({
      code: "node_not_linked",
    });
  });
});

describe("nodes", () => {
  test("labels are merged one by one, and a label somebody else changed is a conflict", async () => {
    await lab.docker("node1", "node", "update", "--label-add", "theirs=1", "--label-add", "mine=1", "node2");
    const { item } = await patchNode(ctx, tester, "node2", {
      labelsBefore: { mine: "1" },
      labels: { mine: "2", new: "x" },
    });
    expect(item?.labels).toEqual({ theirs: "1", mine: "2", new: "x" });
    await expect(
      patchNode(ctx, tester, "node2", { labelsBefore: { theirs: "0" }, labels: {} }),
    ).rejects.toMatchObject({ code: "conflict", details: { fields: [{ theirs: "1", yours: null }] } });
  });

  test("drain moves the tasks away and activate lets them come back", async () => {
    const drained = await patchNode(ctx, tester, "node3", { availability: "drain" });
    expect(drained.item?.availability).toBe("drain");
    await waitFor("node3 to be empty", async () => {
      await ctx.refresh();
      const node = Object.values(ctx.model().nodes).find((each) => each.name === "node3");
      return Object.values(ctx.model().tasks).every(
        (task) => task.nodeId !== node?.id || task.state !== "running",
      );
    });
    expect((await patchNode(ctx, tester, "node3", { availability: "active" })).item?.availability).toBe(
      "active",
    );
  });

  test("promoting to two managers warns about quorum", async () => {
    const { warnings, item } = await patchNode(ctx, tester, "node2", { role: "manager" });
    expect(item?.role).toBe("manager");
    expect(warnings).toEqual(["With 2 managers, losing one stops changes. Use 1 or 3."]);
    await waitFor("node2 to be a reachable manager", async () => {
      await ctx.refresh();
      return Object.values(ctx.model().nodes).some(
        (n) => n.name === "node2" && n.reachability === "reachable",
      );
    });
    await patchNode(ctx, tester, "node2", { role: "worker" });
  });

  test("one that is ready is not removed without force", async () => {
    await expect(removeNode(ctx, "node3", { force: false })).rejects.toMatchObject({
      code: "refused_by_engine",
      message: expect.stringContaining("Drain it"),
    });
    await expect(removeNode(ctx, "node1", { force: true })).rejects.toMatchObject({
      code: "refused_by_engine",
    });
  });
});

describe("the swarm", () => {
  test("shows and changes its settings", async () => {
    const before = await swarmSettings(ctx);
    expect(before).toMatchObject({ autolock: false, taskHistoryLimit: 5, nodeCertExpiryHours: 2160 });
    const after = await patchSwarm(ctx, tester, { taskHistoryLimit: 7, nodeCertExpiryHours: 1000 });
    expect(after).toEqual({ ...before, taskHistoryLimit: 7, nodeCertExpiryHours: 1000 });
  });

  test("gives join commands, and new ones after a rotation", async () => {
    const before = await joinTokens(ctx);
    expect(before.worker).toMatch(/^docker swarm join --token SWMTKN-1-\S+ \d+\.\d+\.\d+\.\d+:2377$/);
    await rotate(ctx, tester, "worker");
    const after = await joinTokens(ctx);
    expect(after.worker).not.toBe(before.worker);
    expect(after.manager).toBe(before.manager);
  });

  test("has an unlock key only while autolock is on", async () => {
    await expect(unlockKey(ctx)).rejects.toMatchObject({ code: "not_found" });
    await patchSwarm(ctx, tester, { autolock: true });
    const key = await unlockKey(ctx);
    expect(key).toMatch(/^SWMKEY-1-/);
    await rotate(ctx, tester, "unlock-key");
    expect(await unlockKey(ctx)).not.toBe(key);
    await patchSwarm(ctx, tester, { autolock: false });
  });
});

describe("remove", () => {
  test("removes the service and keeps its last specification", async () => {
    const spec = await specOf("victim");
    await removeService(ctx, tester, "victim", {});
    await expect(serviceDetail(ctx, "victim")).rejects.toMatchObject({ code: "not_found" });
    expect(ctx.revisions.at(-1)).toMatchObject({ action: "service.remove", specBefore: spec });
  });

  test("of Shoal itself needs its name", async () => {
    const raw = JSON.parse(await serviceRaw(ctx, "web")) as { ID: string };
    const self = { containerId: "c", taskId: null, serviceId: raw.ID, nodeId: null };
    const own = { ...ctx, self: () => self };
    await expect(removeService(own, tester, "web", {})).rejects.toMatchObject({
      code: "confirmation_needed",
      details: { name: "web" },
    });
    await expect(scaleService(own, tester, "web", { replicas: 0 })).rejects.toMatchObject({
      code: "confirmation_needed",
    });
    await removeService(own, tester, "web", { confirm: "web" });
    await expect(serviceDetail(ctx, "web")).rejects.toMatchObject({ code: "not_found" });
  });
});
