import { expect, it } from "vitest";
import { aService } from "#lib/shared/model/testing/build.ts";
import { rotationEffect } from "./rotation-effect.ts";

it.each([
  [{ desiredTasks: 0 }, "No task is touched."],
  [{ desiredTasks: 1 }, "Its task is replaced. Each old task stops before the new one starts."],
  [
    { desiredTasks: 6, updateParallelism: 2, updateOrder: "start-first" },
    "6 tasks are replaced, 2 at a time. Each new task starts before the old one stops.",
  ],
  [{ desiredTasks: 3, updateParallelism: 0 }, "3 tasks are replaced, all at once."],
  [{ desiredTasks: 3, updateParallelism: 5 }, "3 tasks are replaced, all at once."],
  [{ desiredTasks: 3, updateFailureAction: "rollback" }, "A failure rolls everything back."],
  [{ desiredTasks: 1, mode: "replicated-job" }, "It is a job: it runs once more, at once."],
] as const)("%j: %s", (fields, expected) => {
  const service = aService({
    updateOrder: "stop-first",
    updateParallelism: 1,
    updateFailureAction: "pause",
    ...fields,
  });
  expect(rotationEffect(service)).toContain(expected);
});
