import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCluster } from "#lib/server/cluster/cluster.ts";
import { noProjects } from "#lib/server/cluster/testing/no-projects.ts";
import { noStacks } from "#lib/server/cluster/testing/no-stacks.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { waitFor } from "../lab/wait.ts";
import { appearAt, type WatchedCluster, watchCluster } from "./watched-cluster.ts";

/** Waits until the picture fulfils an expectation. */
function until(description: string, look: () => void, timeoutMs = 30_000): Promise<true> {
  const seen = (): true => {
    look();
    return true;
  };
  return waitFor(description, seen, { timeoutMs, intervalMs: 50 });
}

function createWeb(lab: Lab, replicas: number): Promise<string> {
  const flags = ["--quiet", "--detach", "--name", "web", "--restart-delay", "1s"];
  return lab.docker("node1", "service", "create", ...flags, "--replicas", String(replicas), "lab/web:1");
}

/** What must hold in every picture while the swarm itself is well: nothing known ever disappears. */
function neverEmpty(model: ClusterModel): void {
  if (Object.keys(model.nodes).length !== 3)
    throw new Error(`${Object.keys(model.nodes).length} nodes are shown`);
  if (!Object.values(model.services).some(({ name }) => name === "web"))
    throw new Error("the service is not shown");
}

describe("one manager and two workers, with a link to every engine and with one link", () => {
  let lab: Lab;
  let all: WatchedCluster;
  let one: WatchedCluster;
  const both = () => [all, one];

  beforeAll(async () => {
    lab = await startLab({ name: "model", nodes: 3, managers: 1 });
    await createWeb(lab, 3);
    all = watchCluster([lab.socket("node1"), lab.socket("node2"), lab.socket("node3")]);
    one = watchCluster([lab.socket("node1")]);
  });
  afterAll(async () => {
    await Promise.all([all?.stop(), one?.stop()]);
    await lab?.down();
  });

  test("the first picture is complete; health is known where an engine is linked, and nowhere else", async () => {
    await until("all healthy", () => expect(all.states("web")).toEqual({ "running healthy": 3 }));
    await until("one link", () =>
      expect(one.states("web")).toMatchObject({ "running unseen": 2, "running healthy": 1 }),
    );
    expect(all.phases).toEqual(["connecting", "ready"]);
    expect(one.phases).toEqual(["connecting", "ready"]);
    expect(all.shown().info.checkEveryMs).toBeNull();
    expect(one.shown().info.checkEveryMs).toBeGreaterThanOrEqual(1_000);
    expect(Object.values(one.shown().nodes).filter(({ linked }) => linked)).toHaveLength(1);
    for (const watched of both()) watched.onPicture(neverEmpty);
  });

  test("scale 3 to 12 to 3", async () => {
    await lab.docker("node1", "service", "scale", "--detach", "web=12");
    await until("12 healthy", () => expect(all.states("web")).toEqual({ "running healthy": 12 }));
    await until("12 with one link", () => {
      expect(one.tasks("web").filter(({ state }) => state === "running")).toHaveLength(12);
    });
    await lab.docker("node1", "service", "scale", "--detach", "web=3");
    await until("3 again", () => expect(all.states("web")).toEqual({ "running healthy": 3 }));
    await until("3 with one link", () => expect(one.tasks("web")).toHaveLength(3));
  });

  test("a container is killed on a worker: failed, then replaced", async () => {
    const victim = all.tasks("web").find(({ nodeId }) => nodeId === all.node("node2").id);
    if (!victim?.containerId) throw new Error("no task on node2");
    await lab.docker("node2", "rm", "--force", victim.containerId);
    const started = performance.now();
    const gone = (watched: WatchedCluster) => () =>
      expect(watched.shown().tasks[victim.id]?.state).not.toBe("running");
    await until("seen through the link", gone(all), 5_000);
    const linkedMs = performance.now() - started;
    await until("seen without a link", gone(one), 10_000);
    const unlinkedMs = performance.now() - started;
    console.log(
      `a killed task was seen after ${linkedMs.toFixed(0)} ms (link), ${unlinkedMs.toFixed(0)} ms (no link)`,
    );
    await until("replaced", () => expect(all.states("web")).toEqual({ "running healthy": 3 }));
  });

  test("a frozen engine: its link says so, health there is not known, and it recovers", async () => {
    const id = all.node("node3").id;
    await lab.freeze("node3");
    await until(
      "frozen",
      () => expect(all.shown().info.links[2]).toMatchObject({ ok: false, frozen: true }),
      20_000,
    );
    expect(all.node("node3").linked).toBe(false);
    expect(all.shown().info.phase).toBe("ready");
    for (const task of all.tasks("web")) if (task.nodeId === id) expect(task.health).toBe("unseen");
    await lab.thaw("node3");
    await until("thawed", () => {
      expect(all.shown().info.links[2]).toMatchObject({ ok: true, frozen: false });
      expect(all.node("node3")).toMatchObject({ linked: true, state: "ready" });
    });
    await until("3 healthy", () => expect(all.states("web")).toMatchObject({ "running healthy": 3 }), 60_000);
  });

  test("the one linked engine freezes: the last picture stays, marked as old, and comes back", async () => {
    await lab.freeze("node1");
    await until("no engine", () => expect(one.shown().info.phase).toBe("no_engine"), 20_000);
    expect(one.shown().info.staleSince).not.toBeNull();
    expect(one.shown().info.links[0]).toMatchObject({ ok: false, frozen: true });
    expect(one.tasks("web").length).toBeGreaterThan(0);
    await until("only workers are left", () => expect(all.shown().info.phase).toBe("not_manager"), 20_000);
    expect(all.tasks("web").length).toBeGreaterThan(0);
    await lab.thaw("node1");
    for (const watched of both()) {
      await until("ready", () =>
        expect(watched.shown().info).toMatchObject({ phase: "ready", staleSince: null }),
      );
    }
    await until("nodes are ready", () => {
      for (const node of Object.values(one.shown().nodes)) expect(node.state).toBe("ready");
    });
    await until("3 healthy", () => expect(all.states("web")).toMatchObject({ "running healthy": 3 }), 60_000);
  });

  test("drain: the node empties, its tasks start elsewhere", async () => {
    await lab.docker("node1", "node", "update", "--availability", "drain", "node2");
    for (const watched of both()) {
      await until("drained", () => {
        expect(watched.node("node2").availability).toBe("drain");
        const live = watched.tasks("web").filter(({ state }) => state === "running");
        expect(live).toHaveLength(3);
        expect(live.filter(({ nodeId }) => nodeId === watched.node("node2").id)).toEqual([]);
      });
    }
    await lab.docker("node1", "node", "update", "--availability", "active", "node2");
    await until("active", () => expect(one.node("node2").availability).toBe("active"));
  });

  test("power cut: the node is down, its tasks are lost and not running, replacements run elsewhere", async () => {
    await lab.docker("node1", "service", "scale", "--detach", "web=6");
    await until("6 healthy", () => expect(all.states("web")).toEqual({ "running healthy": 6 }));
    const onNode3 = all.tasks("web").filter(({ nodeId }) => nodeId === all.node("node3").id).length;
    expect(onNode3).toBeGreaterThan(0);
    await lab.kill("node3");
    for (const watched of both()) {
      await until("down", () => expect(watched.node("node3").state).toBe("down"), 40_000);
      expect(watched.node("node3").stateSince).not.toBeNull();
      await until("lost and replaced", () => {
        expect(watched.states("web").lost).toBe(onNode3);
        const live = watched
          .tasks("web")
          .filter((task) => task.state === "running" && task.desired === "running");
        expect(live).toHaveLength(6);
      });
    }
    await lab.start("node3");
    for (const watched of both()) {
      await until("back", () => {
        expect(watched.node("node3").state).toBe("ready");
        expect(watched.states("web").lost).toBeUndefined();
      });
    }
  });

  test("twenty viewers cost no more engine calls than one", async () => {
    await until("settled", () =>
      expect(one.tasks("web").every(({ state }) => state === "running")).toBe(true),
    );
    const callsIn = async (ms: number): Promise<number> => {
      const before = one.live.engineCalls();
      const end = performance.now() + ms;
      await waitFor("the time is over", () => performance.now() >= end, { timeoutMs: ms + 5_000 });
      return one.live.engineCalls() - before;
    };
    // The service was just changed: reads that follow it must be over before calls are compared.
    await callsIn(4_000);
    // Ten seconds hold one look at what containers use, wherever they begin.
    const alone = await callsIn(10_000);
    one.addViewers(19);
    const crowded = await callsIn(10_000);
    console.log(`engine calls in 10 s: ${alone} with 1 viewer, ${crowded} with 20`);
    expect(alone).toBeGreaterThan(0);
    // A full read (3 calls), a role check, a list of containers and a beat may fall into either window by chance.
    expect(Math.abs(crowded - alone)).toBeLessThanOrEqual(6);
  });

  test("a worker's socket alone: says so and names managers; promoted it is ready, demoted it keeps the picture", async () => {
    const worker = watchCluster([lab.socket("node2")]);
    try {
      await until("not a manager", () => expect(worker.shown().info.phase).toBe("not_manager"));
      expect(worker.shown().info.remoteManagers[0]).toMatch(/:2377$/);
      expect(worker.phases).toEqual(["connecting", "not_manager"]);
      await lab.docker("node1", "node", "promote", "node2");
      await until("ready", () => expect(worker.shown().info.phase).toBe("ready"));
      expect(worker.tasks("web")).toHaveLength(6);
      await lab.docker("node1", "node", "demote", "node2");
      await until("not a manager again", () => expect(worker.shown().info.phase).toBe("not_manager"));
      expect(worker.shown().info.staleSince).not.toBeNull();
      expect(worker.tasks("web")).toHaveLength(6);
      await until("two workers", () => expect(one.node("node2").role).toBe("worker"));
    } finally {
      await worker.stop();
    }
  });

  test("no engine at the start: says what it tried, and connects by itself once it is there", async () => {
    const dir = mkdtempSync(join(tmpdir(), "shoal-model-"));
    const path = join(dir, "docker.sock");
    const late = watchCluster([path]);
    try {
      await until("no engine", () => expect(late.shown().info.phase).toBe("no_engine"));
      expect(late.shown().info.attempts).toEqual([
        expect.objectContaining({ target: `unix://${path}`, result: "not_there" }),
      ]);
      appearAt(path, lab.socket("node1"));
      await until("ready", () => expect(late.shown().info.phase).toBe("ready"), 6_000);
      expect(late.tasks("web")).toHaveLength(6);
      expect(late.phases.filter((phase) => phase !== "connecting")).toEqual(["no_engine", "ready"]);
    } finally {
      await late.stop();
      rmSync(dir, { recursive: true });
    }
  });

  test("an engine without a swarm: shows its containers, and a swarm that is started there", async () => {
    await lab.docker("node3", "swarm", "leave", "--force");
    const single = watchCluster([lab.socket("node3")]);
    try {
      await until("not in a swarm", () => expect(single.shown().info.phase).toBe("not_swarm"));
      await lab.docker("node3", "run", "--detach", "--name", "plain", "lab/web:1");
      await until("healthy", () => {
        const rows = Object.values(single.live.containers.picture().rows);
        expect(rows).toMatchObject([{ name: "plain", state: "running", health: "healthy" }]);
      });
      const advertiseAddr = `${lab.net}.3`;
      await lab.docker("node3", "swarm", "init", "--advertise-addr", advertiseAddr);
      await until("ready", () => expect(single.shown().info.phase).toBe("ready"));
      expect(single.node("node3")).toMatchObject({ role: "manager", leader: true, linked: true });
      await until("the same row under the node's id", () => {
        const rows = Object.values(single.live.containers.picture().rows);
        expect(rows.map(({ name, nodeId }) => [name, nodeId])).toEqual([["plain", single.node("node3").id]]);
      });
    } finally {
      await single.stop();
    }
  });

  test("a locked swarm: says so over the last picture, and is ready once it is unlocked", async () => {
    const single = watchCluster([lab.socket("node3")]);
    try {
      await until("ready", () => expect(single.shown().info.phase).toBe("ready"));
      // A swarm that is seconds old still changes its own settings: an update may be refused as out of sequence.
      const key = await waitFor("the swarm to be locked at its next start", async () => {
        await lab.docker("node3", "swarm", "update", "--autolock");
        return (await lab.docker("node3", "swarm", "unlock-key", "--quiet")).trim();
      });
      await lab.stop("node3");
      await until("no engine", () => expect(single.shown().info.phase).toBe("no_engine"));
      await lab.start("node3");
      await until("locked", () => expect(single.shown().info.phase).toBe("locked"));
      expect(single.shown().info.staleSince).not.toBeNull();
      expect(single.node("node3").name).toBe("node3");
      // biome-ignore format: one line
      const nobody = { userId: "", name: "", role: "admin", access: { role: "admin", clusters: {} }, via: "session", credentialId: "", address: "" } as const;
      await createCluster(single.live, { stacks: noStacks, projects: noProjects }).unlockSwarm(nobody, key);
      await until("ready again", () =>
        expect(single.shown().info).toMatchObject({ phase: "ready", staleSince: null }),
      );
      expect(single.phases.slice(-3)).not.toContain("not_swarm");
    } finally {
      await single.stop();
    }
  });
});

describe("three managers", () => {
  let lab: Lab;
  let watched: WatchedCluster;

  beforeAll(async () => {
    lab = await startLab({ name: "model managers", nodes: 3, managers: 3 });
    await createWeb(lab, 6);
    watched = watchCluster([lab.socket("node1"), lab.socket("node2")]);
  });
  afterAll(async () => {
    await watched?.stop();
    await lab?.down();
  });

  test("the leader is cut off the power: an election, never an empty or false picture, then ready again", async () => {
    await until("6 running", () => {
      expect(watched.tasks("web").filter(({ state }) => state === "running")).toHaveLength(6);
    });
    expect(watched.node("node1").leader).toBe(true);
    const end = watched.onPicture((model) => {
      neverEmpty(model);
      const running = Object.values(model.tasks).filter(({ state }) => state === "running");
      if (running.length < 6) throw new Error(`only ${running.length} tasks are shown as running`);
      const down = Object.values(model.nodes).filter(
        ({ state, name }) => state === "down" && name !== "node1",
      );
      if (down.length > 0) throw new Error(`${down.map(({ name }) => name)} shown as down`);
    });
    await lab.kill("node1");
    await until("electing", () => expect(watched.shown().info.phase).toBe("electing"), 20_000);
    expect(watched.shown().info.staleSince).not.toBeNull();
    await until(
      "ready",
      () => expect(watched.shown().info).toMatchObject({ phase: "ready", staleSince: null }),
      40_000,
    );
    expect(watched.phases).toEqual(["connecting", "ready", "electing", "ready"]);
    expect(watched.node("node1").leader).toBe(false);
    await until("the others are ready", () => {
      for (const name of ["node2", "node3"]) expect(watched.node(name).state).toBe("ready");
    });
    end();
  });

  // A leader that loses its followers answers for some seconds more, then hangs for 20 s before it says anything.
  test("quorum lost: the engine's own sentence over the last picture, and ready when managers are back", async () => {
    await lab.kill("node3");
    await until("no quorum", () => expect(watched.shown().info.phase).toBe("no_quorum"), 90_000);
    expect(watched.shown().info.message).toMatch(/leader|deadline/i);
    expect(watched.shown().info.staleSince).not.toBeNull();
    await Promise.all([lab.start("node1"), lab.start("node3")]);
    await until(
      "ready",
      () => expect(watched.shown().info).toMatchObject({ phase: "ready", staleSince: null }),
      60_000,
    );
    await until(
      "nodes are ready",
      () => {
        for (const node of Object.values(watched.shown().nodes)) expect(node.state).toBe("ready");
      },
      60_000,
    );
  }, 240_000);
});
