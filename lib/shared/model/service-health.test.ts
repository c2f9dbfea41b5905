import { describe, expect, it } from "vitest";
import { say } from "../i18n/phrase.ts";
import { t } from "../i18n/translate.ts";
import { serviceHealth } from "./service-health.ts";
import { aModel, aNode, aService, aTask } from "./testing/build.ts";
import type { NodeView, ServiceView, TaskView, UpdateView } from "./types.ts";

const now = 10_000_000;
const minute = 60_000;
const day = 24 * 60 * minute;
const nodes = [aNode({ id: "n1" }), aNode({ id: "n2" })];

/** n running tasks in slots 1..n. */
const running = (n: number, fields: Partial<TaskView> = {}): TaskView[] =>
  Array.from({ length: n }, (_, i) => aTask({ slot: i + 1, ...fields }));
const update = (state: UpdateView["state"], fields: Partial<UpdateView> = {}): UpdateView => ({
  state,
  startedAt: now - minute,
  completedAt: null,
  message: "",
  ...fields,
});

function line(service: Partial<ServiceView>, tasks: TaskView[], on: NodeView[] = nodes): string {
  const health = serviceHealth(aService(service), tasks, aModel({ nodes: on }).nodes, now);
  const cause = health.cause ? `: ${say(t, health.cause)}` : "";
  return `${health.kind} ${health.running ?? "–"}/${health.desired} ${say(t, health.word)}${cause}`;
}

describe("serviceHealth, one line per situation", () => {
  const crashed: Partial<TaskView> = {
    state: "failed",
    desired: "shutdown",
    error: "task: non-zero exit (137)",
    failures: 5,
    failuresSince: now - 5 * minute,
  };

  it.each<[string, string, Partial<ServiceView>, TaskView[], NodeView[]?]>([
    ["all run", "healthy 3/3 Healthy", { replicas: 3 }, running(3)],
    [
      "health unseen on one node",
      "healthy 2/2 Running",
      { replicas: 2 },
      [...running(1), aTask({ slot: 2, health: "unseen" })],
    ],
    [
      "crash loop",
      "failing 1/2 Failing: exit 137, killed, 5 times in 5 min",
      { replicas: 2 },
      [...running(1), aTask({ slot: 2, ...crashed }), aTask({ slot: 2, state: "ready", createdAt: 1 })],
    ],
    [
      "crash loop, up again for a moment",
      "failing 1/1 Failing: running again for 3 s, 4 times in 1 min",
      {},
      [aTask({ since: now - 3000, failures: 4, failuresSince: now - minute })],
    ],
    [
      "failed long ago, stable since",
      "healthy 1/1 Healthy",
      {},
      [aTask({ since: now - 2 * minute, failures: 4, failuresSince: now - 5 * minute })],
    ],
    [
      "two failures, days apart",
      "healthy 1/1 Healthy",
      {},
      [aTask({ since: now - 3000, failures: 2, failuresSince: now - 3 * day })],
    ],
    [
      "stopped by swarm because its health check failed",
      "failing 0/1 Failing: the health check failed",
      {},
      [
        aTask({ state: "complete", desired: "shutdown", exitCode: 0, health: "unhealthy" }),
        aTask({ state: "ready", createdAt: 1 }),
      ],
    ],
    [
      "program ends by itself and is always restarted",
      "failing 0/1 Failing: exit 0, ended by itself",
      {},
      [
        aTask({ state: "complete", desired: "shutdown", exitCode: 0 }),
        aTask({ state: "ready", createdAt: 1 }),
      ],
    ],
    [
      "image missing",
      "failing 0/1 Failing: no such image: nope/none:9",
      {},
      [aTask({ state: "rejected", desired: "shutdown", error: "No such image: nope/none:9" })],
    ],
    [
      "old version failed, a new one is on its way",
      "updating 0/1 Updating: 0 of 1 replaced",
      { update: update("updating") },
      [aTask({ ...crashed, upToDate: false }), aTask({ state: "preparing", createdAt: 1 })],
    ],
    [
      "update paused by a failing new task",
      "update_paused 2/3 Update paused: a new task failed, 1 of 3 replaced",
      {
        replicas: 3,
        update: update("paused", { message: "update paused due to failure or early termination of task x" }),
      },
      [aTask({ slot: 1 }), aTask({ slot: 2, upToDate: false }), aTask({ slot: 3, ...crashed })],
    ],
    [
      "update paused, but the old version is what breaks",
      "failing 0/1 Failing: exit 137, killed, 5 times in 5 min",
      { update: update("paused") },
      [aTask({ ...crashed, upToDate: false })],
    ],
    [
      "no memory for some",
      "waiting 1/3 Waiting: 2 have no place: not enough memory on 4 nodes",
      { replicas: 3, reservedMemoryBytes: 1 },
      [
        ...running(1),
        ...[2, 3].map((slot) =>
          aTask({
            slot,
            nodeId: null,
            state: "pending",
            error: "no suitable node (insufficient resources on 4 nodes)",
          }),
        ),
      ],
    ],
    [
      "no node with the label",
      "waiting 0/1 Waiting: no place: no node matches node.labels.gpu==true",
      { constraints: ["node.labels.gpu==true"] },
      [
        aTask({
          nodeId: null,
          state: "pending",
          error: "no suitable node (scheduling constraints not satisfied on 4 nodes)",
        }),
      ],
    ],
    [
      "just created, not placed yet",
      "starting 0/1 Starting: 1 of 1 still to start",
      {},
      [aTask({ nodeId: null, state: "pending", createdAt: now - 1000 })],
    ],
    ["just created, no tasks yet", "starting 0/2 Starting: 2 of 2 still to start", { replicas: 2 }, []],
    [
      "unhealthy counts as running",
      "unhealthy 3/3 Unhealthy: 1 of 3: the health check fails",
      { replicas: 3 },
      [...running(2), aTask({ slot: 3, health: "unhealthy" })],
    ],
    [
      "its node does not answer",
      "unknown –/1 Unknown: swarm-4 has not answered for 40 s",
      {},
      running(1, { nodeId: "swarm-4" }),
      [aNode({ name: "swarm-4", state: "unknown", stateSince: now - 40_000 })],
    ],
    [
      "its node went down, no replacement yet",
      "unknown 1/2 Unknown: n2 is down, 1 task is lost",
      { replicas: 2 },
      [aTask({ slot: 1, nodeId: "n1" }), aTask({ slot: 2, nodeId: "n2" })],
      [aNode({ id: "n1" }), aNode({ id: "n2", name: "n2", state: "down" })],
    ],
    [
      "its node went down, the replacement runs",
      "healthy 1/1 Healthy",
      {},
      [aTask({ nodeId: "n2", desired: "shutdown" }), aTask({ nodeId: "n1", createdAt: 5 })],
      [aNode({ id: "n1" }), aNode({ id: "n2", state: "down" })],
    ],
    [
      "rolling update",
      "updating 2/3 Updating: 1 of 3 replaced",
      { replicas: 3, update: update("updating") },
      [aTask({ slot: 1 }), aTask({ slot: 2, state: "starting" }), aTask({ slot: 3, upToDate: false })],
    ],
    [
      "update accepted, engine has no status yet",
      "updating 2/2 Updating: 0 of 2 replaced",
      { replicas: 2 },
      running(2, { upToDate: false }),
    ],
    [
      "rolling back",
      "updating 1/1 Rolling back: 0 of 1 replaced",
      { update: update("rollback_started") },
      running(1, { upToDate: false }),
    ],
    [
      "pulling",
      "starting 1/3 Starting: 2 of 3 pulling the image",
      { replicas: 3 },
      [...running(1), aTask({ slot: 2, state: "preparing" }), aTask({ slot: 3, state: "preparing" })],
    ],
    [
      "rolled back",
      "rolled_back 1/1 Rolled back: to 4.1.0, 14 min ago",
      {
        image: { name: "x", tag: "4.1.0", digest: null },
        update: update("rollback_completed", { completedAt: now - 14 * minute }),
      },
      running(1),
    ],
    [
      "rolled back long ago",
      "healthy 1/1 Healthy",
      { update: update("rollback_completed", { completedAt: now - 2 * day }) },
      running(1),
    ],
    ["scaled to 0", "off 0/0 Off: scaled to 0", { replicas: 0 }, []],
    [
      "global, no node fits",
      "off 0/0 Off: no node fits",
      { mode: "global", replicas: null, desiredTasks: 0 },
      [],
    ],
    [
      "global",
      "healthy 2/2 Healthy",
      { mode: "global", replicas: null, desiredTasks: 2 },
      [aTask({ slot: null, nodeId: "n1" }), aTask({ slot: null, nodeId: "n2" })],
    ],
    [
      "job at work",
      "starting 1/2 Job running: 1 of 3 done",
      { mode: "replicated-job", replicas: 3, desiredTasks: 2, completedTasks: 1 },
      [aTask({ slot: 1, state: "complete", desired: "complete" }), aTask({ slot: 2, desired: "complete" })],
    ],
    [
      "job done",
      "job_done 0/0 Job done: 10 min ago",
      { mode: "replicated-job", replicas: 1, desiredTasks: 0, completedTasks: 1 },
      [aTask({ state: "complete", desired: "complete", since: now - 10 * minute })],
    ],
    [
      "ended and not restarted",
      "job_done 1/2 Ended: 1 of 2 ended and are not started again",
      { replicas: 2, restartCondition: "on-failure" },
      [...running(1), aTask({ slot: 2, state: "complete", desired: "shutdown" })],
    ],
  ])("%s", (_, expected, service, tasks, on) => {
    expect(line(service, tasks, on)).toBe(expected);
  });

  it("survives hostile error texts", () => {
    const error = "<img src=x onerror=alert(1)>\u0000\u001b[31m".repeat(2000);
    expect(line({}, [aTask({ state: "failed", error })]).length).toBeLessThan(220);
  });
});
