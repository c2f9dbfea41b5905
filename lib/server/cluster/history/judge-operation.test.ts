import { expect, it } from "vitest";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { aNode, aService, aTask } from "#lib/shared/model/testing/build.ts";
import type { ServiceView, TaskView, UpdateView } from "#lib/shared/model/types.ts";
import { judgeOperation, type OperationFacts } from "./judge-operation.ts";

const facts: OperationFacts = {
  fromImage: "1.0", toImage: "1.1", fromReplicas: 2, toReplicas: 2, replacesTasks: true, sentVersion: 10,
  priorUpdate: null, engineRollback: false, acceptedAt: 1_000, failure: null, done: 0, total: 0,
}; // biome-ignore format: short
const update = (state: UpdateView["state"], startedAt = 2_000): UpdateView => ({
  state,
  startedAt,
  completedAt: null,
  message: "",
});
const old = { upToDate: false };
const slots = (...tasks: Partial<TaskView>[]) => tasks.map((task, i) => aTask({ slot: i + 1, ...task }));
const failure = {
  taskId: "t",
  slot: 1,
  nodeId: "n1",
  exitCode: 1,
  error: "task: non-zero exit (1)",
  times: 1,
};
const scale = { replacesTasks: false, fromReplicas: 2, toReplicas: 3 };

interface Case {
  facts?: Partial<OperationFacts>;
  service?: Partial<ServiceView>;
  tasks: TaskView[];
  now?: number;
  nodes?: "down";
}

it.each<[string, Case, string, string]>([
  ["right after the change there is no status, and the old tasks run", { tasks: slots(old, old) }, "running", "Accepted by the swarm"],
  ["an update status of before the change lingers", { facts: { priorUpdate: 2_000 }, service: { update: update("completed") }, tasks: slots({}, {}) }, "running", "Accepted by the swarm"],
  ["a paused one of before lingers, too", { facts: { priorUpdate: 2_000, ...scale }, service: { update: update("paused"), replicas: 3 }, tasks: slots({}, {}, {}) }, "completed", "3 tasks run."],
  ["tasks are replaced", { service: { update: update("updating") }, tasks: slots({}, old) }, "running", "1 of 2 tasks replaced."],
  ["all run, but swarm still watches the last one", { service: { update: update("updating") }, tasks: slots({}, {}) }, "running", "2 of 2 tasks replaced."],
  ["all run and swarm says so", { service: { update: update("completed") }, tasks: slots({}, {}) }, "completed", "All 2 new tasks run."],
  ["swarm says completed, a health check is not through", { service: { update: update("completed") }, tasks: slots({}, { health: "starting" }) }, "running", "1 of 2"],
  ["a change that replaces nothing after all gets no status", { tasks: slots({}, {}), now: 9_000 }, "completed", "All 2 new tasks run."],
  ["labels alone", { facts: { replacesTasks: false }, tasks: slots({}, {}) }, "completed", "No task had to be replaced."],
  ["scaled up, one is missing", { facts: scale, service: { replicas: 3 }, tasks: slots({}, {}, { state: "preparing" }) }, "running", "2 of 3 tasks running."],
  ["scaled up, done without any update status", { facts: scale, service: { replicas: 3 }, tasks: slots({}, {}, {}) }, "completed", "3 tasks run."],
  ["scaled down, one too many still runs", { facts: { ...scale, toReplicas: 1 }, service: { replicas: 1 }, tasks: slots({}, {}) }, "running", "1 of 1 task running."],
  ["scaled down, one is stopping", { facts: { ...scale, toReplicas: 1 }, service: { replicas: 1 }, tasks: slots({}, { desired: "shutdown" }) }, "running", "1 of 1"],
  ["scaled down, what is left is on a dead node", { facts: { ...scale, toReplicas: 1 }, service: { replicas: 1 }, tasks: slots({}, { desired: "shutdown", nodeId: "dead" }) }, "completed", "1 task runs."],
  ["scaled to nothing", { facts: { ...scale, toReplicas: 0 }, service: { replicas: 0 }, tasks: [] }, "completed", "No tasks run any more."],
  ["paused after a failure", { facts: { failure }, service: { update: update("paused") }, tasks: slots({ state: "failed" }, old) }, "paused", "exit 1, the program reported an error"],
  ["rolling back", { facts: { failure }, service: { update: update("rollback_started") }, tasks: slots({}, old) }, "running", "Swarm is putting the version before back."],
  ["rolled back", { facts: { failure }, service: { update: update("rollback_completed") }, tasks: slots({}, {}) }, "rolled_back", "Swarm put version 1.0 back."],
  ["the rollback failed as well", { facts: { failure }, service: { update: update("rollback_paused") }, tasks: slots({}, old) }, "paused", "paused its rollback"],
  ["docker service rollback is done", { facts: { engineRollback: true }, service: { update: update("rollback_completed") }, tasks: slots({}, {}) }, "completed", "All 2 new tasks run."],
  ["no node fits", { service: { update: update("updating") }, tasks: slots({ state: "pending", nodeId: null, error: "no suitable node (scheduling constraints not satisfied on 3 nodes)" }, old) }, "stuck", "3 nodes do not match"],
  ["the image is not there", { service: { update: update("updating") }, tasks: slots({ state: "rejected", error: "No such image: a:9" }, old) }, "stuck", "no such image: a:9"],
  ["it fails again and again, and swarm says completed", { service: { update: update("completed"), updateFailureAction: "continue" }, tasks: slots({}, { state: "failed", error: "task: non-zero exit (3)", failures: 4, failuresSince: 1 }) }, "stuck", "exit 3, 4 times"],
  ["attempts of before the change failed, and now all run", { service: { update: update("completed") }, tasks: slots({}, { failures: 3, failuresSince: 1 }), now: 9_000 }, "completed", "All 2 new tasks run."],
  ["one broke and runs again since a moment ago", { facts: { failure }, service: { update: update("completed") }, tasks: slots({ since: 2_500, failures: 1 }, {}) }, "stuck", "exit 1"],
  ["one broke and runs again since a while", { facts: { failure }, service: { update: update("completed") }, tasks: slots({ since: 2_500, failures: 1 }, {}), now: 60_000 }, "completed", "All 2 new tasks run."],
  ["a global service", { facts: { fromReplicas: null, toReplicas: null }, service: { mode: "global", replicas: null, desiredTasks: 2, update: update("completed") }, tasks: [aTask({ slot: null, nodeId: "n1" }), aTask({ slot: null, nodeId: "n2" })] }, "completed", "All 2 new tasks run."],
  ["a job that runs", { service: { mode: "replicated-job", replicas: 2 }, tasks: slots({ state: "complete" }, {}), now: 9_000 }, "running", "of 2"],
  ["a job that has ended", { service: { mode: "replicated-job", replicas: 2, completedTasks: 2 }, tasks: slots({ state: "complete" }, { state: "complete" }), now: 9_000 }, "completed", "The job has run to its end."],
])("%s", (_what, given, state, words) => {
  const service = aService({ replicas: 2, ...given.service });
  const nodes = Object.fromEntries(
    [aNode(), aNode({ name: "n2" }), aNode({ name: "dead", state: "down" })].map((node) => [node.id, node]),
  );
  const judged = judgeOperation({
    kind: "update",
    facts: { ...facts, ...given.facts },
    service,
    tasks: given.tasks,
    nodes,
    now: given.now ?? 3_000,
  });
  expect([judged.state, say(t, judged.words)]).toEqual([state, expect.stringContaining(words)]);
}); // biome-ignore format: table
