import { describe, expect, it } from "vitest";
import { say } from "../i18n/phrase.ts";
import { t } from "../i18n/translate.ts";
import { restartPolicy, successorOf, taskNext } from "./task-next.ts";
import { aModel, aNode, aService, aTask } from "./testing/build.ts";
import type { ServiceView, TaskView } from "./types.ts";

const now = 1_000_000;
const nodes = [aNode({ id: "n1", name: "swarm-1" }), aNode({ id: "n2", name: "swarm-2" })];
const broken = aTask({ id: "broken", state: "failed", desired: "shutdown", createdAt: now - 60_000 });

function words(task: TaskView, others: readonly TaskView[] = [], service: Partial<ServiceView> = {}) {
  const model = aModel({ nodes, services: [aService(service)], tasks: [task, ...others] });
  const next = taskNext(model, task, now);
  return next && say(t, next.words);
}

describe("a task that ended", () => {
  const later = (fields: Partial<TaskView>) => aTask({ id: "later", createdAt: now - 2000, ...fields });
  it.each<[string, readonly TaskView[], Partial<ServiceView>, string]>([
    ["nothing yet", [], {}, "Swarm starts a new task in 5 s."],
    [
      "a new task that waits",
      [later({ state: "ready", desired: "ready" })],
      {},
      "Swarm starts a new task in 3 s.",
    ],
    [
      "a new task past its delay",
      [later({ state: "preparing", createdAt: now - 9000, nodeId: "n2" })],
      {},
      "Swarm is starting a new task on swarm-2.",
    ],
    [
      "a new task without a node",
      [later({ state: "pending", nodeId: null })],
      {},
      "Swarm is starting a new task.",
    ],
    ["a new task that runs", [later({ nodeId: "n2" })], {}, "A new task runs on swarm-2."],
    ["a new task of another slot", [later({ slot: 2 })], {}, "Swarm starts a new task in 5 s."],
    [
      "restart condition none",
      [],
      { restartCondition: "none" },
      "Swarm will not start it again: the restart condition of the service is none.",
    ],
  ])("with %s", (_what, others, service, expected) => {
    expect(words(broken, others, service)).toBe(expected);
  });

  it("well is not started again on-failure, and a job is done", () => {
    const complete: TaskView = { ...broken, state: "complete" };
    expect(words(complete, [], { restartCondition: "on-failure" })).toBe(
      "Swarm will not start it again: it ended without an error.",
    );
    expect(words(complete, [], { mode: "replicated-job", restartCondition: "on-failure" })).toBe(
      "The job is done here.",
    );
  });

  it("too often is given up", () => {
    expect(words({ ...broken, failures: 4 }, [], { restartMaxAttempts: 3 })).toBe(
      "Swarm has given up after 4 attempts.",
    );
  });

  it("counts down to the start of the next, for a bar", () => {
    const waiting = later({ state: "ready", desired: "ready" });
    const model = aModel({ nodes, services: [aService()], tasks: [broken, waiting] });
    expect(taskNext(model, broken, now)).toMatchObject({
      successorId: "later",
      waiting: { from: now - 2000, until: now + 3000 },
    });
  });
});

it.each<[string, Partial<TaskView>, string | null]>([
  ["running", {}, null],
  ["starting", { state: "preparing" }, null],
  ["waiting", { state: "pending", nodeId: null }, "Swarm keeps looking for a node that fits."],
  ["stopping", { desired: "shutdown" }, "Swarm no longer wants this task."],
  ["unhealthy", { health: "unhealthy" }, "Swarm stops it and starts a new task."],
])("a task that is %s", (_state, fields, expected) => {
  expect(words(aTask(fields))).toBe(expected);
});

it("a task on a node that is down is started elsewhere", () => {
  const model = aModel({
    nodes: [aNode({ id: "n1", name: "swarm-1", state: "down" })],
    services: [aService()],
    tasks: [aTask({ id: "lost" })],
  });
  const lost = model.tasks.lost;
  if (!lost) throw new Error("no task");
  const next = taskNext(model, lost, now);
  expect(next && say(t, next.words)).toBe("Swarm starts it anew on another node.");
});

it("global tasks follow each other on their node", () => {
  const first = aTask({ id: "first", slot: null, state: "failed", createdAt: 1 });
  const elsewhere = aTask({ id: "elsewhere", slot: null, nodeId: "n2", createdAt: 2 });
  const here = aTask({ id: "here", slot: null, createdAt: 3 });
  expect(successorOf(aModel({ tasks: [first, elsewhere, here] }), first)?.id).toBe("here");
  expect(successorOf(aModel({ tasks: [first, elsewhere] }), first)).toBeNull();
});

it.each<[Partial<ServiceView>, string]>([
  [{}, "always, after 5 s"],
  [{ restartCondition: "none" }, "never"],
  [{ restartCondition: "on-failure", restartMaxAttempts: 3 }, "after a failure, after 5 s, at most 3 times"],
])("says the restart policy %j", (service, expected) => {
  expect(say(t, restartPolicy(aService(service)))).toBe(expected);
});
