import { expect, it } from "vitest";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { aModel, aNode, aService, aTask } from "#lib/shared/model/testing/build.ts";
import type { TaskView, UpdateView } from "#lib/shared/model/types.ts";
import { advanced, type FollowedOperation } from "./followed-operation.ts";

const operation: FollowedOperation = {
  row: {
    id: 1, cluster: "local", serviceId: "s1", serviceName: "web_api", kind: "update", userName: "", via: "outside",
    revisionId: 1, startedAt: 10_000, endedAt: null, state: "running", confirmed: 1,
  }, // biome-ignore format: short
  words: { key: "history.words.beginning" },
  facts: {
    fromImage: "1.0", toImage: "1.1", fromReplicas: 1, toReplicas: 1, replacesTasks: true, sentVersion: 5,
    priorUpdate: null, engineRollback: false, acceptedAt: 10_000, failure: null, done: 0, total: 0,
  }, // biome-ignore format: short
  timeline: { tracks: [], untracked: 0 },
  revision: 1,
};
const update = (state: UpdateView["state"], message = ""): UpdateView => ({
  state,
  startedAt: 11_000,
  completedAt: null,
  message,
});
const advance = (
  before: FollowedOperation,
  state: UpdateView["state"],
  tasks: readonly TaskView[],
  attempts: readonly TaskView[] = [],
  seen = true,
) => {
  const model = aModel({
    nodes: [aNode()],
    services: [aService({ update: update(state, "termination of task xyz2") })],
    tasks,
  });
  return advanced(before, model, seen, 20_000, () => attempts);
};
const broken = (id: string, createdAt: number) =>
  aTask({
    id,
    createdAt,
    since: createdAt + 100,
    state: "failed",
    error: "task: non-zero exit (3)",
    upToDate: false,
  });

it("remembers the task that broke after the version before is back and the task is gone", () => {
  const crashing = aTask({
    id: "new",
    createdAt: 12_000,
    state: "failed",
    exitCode: 3,
    error: "task: non-zero exit (3)",
  });
  const failed = advance(operation, "updating", [crashing]);
  expect(failed.facts.failure).toMatchObject({ taskId: "new", exitCode: 3 });
  const back = advance(failed, "rollback_completed", [aTask({ id: "back", createdAt: 13_000 })]);
  expect(back.row).toMatchObject({ state: "rolled_back", endedAt: 20_000 });
  expect(say(t, back.words)).toBe("A new task failed: exit 3. Swarm put version 1.0 back.");
});

it("finds the task that broke among the engine's own when the picture never showed it", () => {
  const attempts = [broken("before", 5_000), broken("xyz1", 12_500), broken("xyz2", 12_000)];
  const back = advance(operation, "rollback_started", [aTask({ createdAt: 13_000 })], attempts);
  expect(back.facts.failure).toMatchObject({ taskId: "xyz2" });
  // Without a word of the engine about a failure, what broke before the change or of the old version is not its fault.
  expect(advance(operation, "updating", [aTask({ upToDate: false })], attempts).facts.failure).toBeNull();
});

it("decides nothing before the picture shows the change, and ends with its service", () => {
  const early = advance(operation, "completed", [aTask({})], [], false);
  expect(early.row.state).toBe("running");
  const gone = advanced(operation, aModel({}), true, 20_000, () => []);
  expect(gone.row).toMatchObject({ state: "failed", endedAt: 20_000 });
});

it("answers the same object when nothing is new", () => {
  const tasks = [aTask({ id: "same", upToDate: false })];
  const once = advance(operation, "updating", tasks);
  expect(advance(once, "updating", tasks)).toBe(once);
});

it("a service that was just made is waited for; one that was removed is not", () => {
  const made = { ...operation, row: { ...operation.row, kind: "create" as const } };
  const empty = aModel({ nodes: [aNode()], services: [], tasks: [] });
  const look = (before: FollowedOperation, seen: boolean, now: number) =>
    advanced(before, empty, seen, now, () => []).row.state;
  expect(look(made, false, 20_000)).toBe("running");
  expect(look(made, false, 60_000)).toBe("failed");
  expect(look(made, true, 20_000)).toBe("failed");
  expect(look(operation, false, 20_000)).toBe("failed");
});
