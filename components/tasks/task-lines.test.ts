import { describe, expect, it } from "vitest";
import type { TaskAttempt } from "#lib/shared/api/types.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { aModel, aNode, aService, aTask } from "#lib/shared/model/testing/build.ts";
import type { TaskView } from "#lib/shared/model/types.ts";
import { serviceLines, taskLine } from "./task-lines.ts";

const attempt = (fields: Partial<TaskView>, ranMs: number | null): TaskAttempt => ({
  ...aTask(fields),
  nodeName: "swarm-9",
  ranMs,
});

describe("serviceLines", () => {
  const running = aTask({ id: "r", slot: 2 });
  const waiting = aTask({ id: "w", slot: 3, nodeId: null, state: "pending", error: "no suitable node" });
  const failed = aTask({ id: "f", slot: 1, state: "failed", since: 50, error: "task: non-zero exit (137)" });
  const model = aModel({
    nodes: [aNode({ id: "n1", name: "swarm-1" })],
    services: [aService()],
    tasks: [running, waiting, failed],
  });
  const { now, earlier } = serviceLines(
    model,
    [running, failed, waiting],
    [
      attempt({ id: "f", state: "failed" }, 4000),
      attempt({ id: "old", state: "shutdown", since: 90, nodeId: "gone" }, 9000),
      attempt({ id: "r" }, null),
      attempt({ id: "late", slot: 4 }, null),
    ],
  );

  it("splits what lives from what is over, trouble first and newest first", () => {
    expect(now.map((line) => line.task.id)).toEqual(["w", "r"]);
    expect(earlier.map((line) => line.task.id)).toEqual(["old", "f"]);
  });

  it("fills in what only the detail knows", () => {
    expect(earlier.map((line) => [line.nodeName, line.ranMs])).toEqual([
      ["swarm-9", 9000],
      ["swarm-1", 4000],
    ]);
    expect(earlier[1]?.why && say(t, earlier[1].why)).toBe("exit 137, killed");
  });
});

it("says nothing about a task that was simply replaced", () => {
  expect(taskLine(aModel({}), aTask({ state: "shutdown", exitCode: 137 })).why).toBeNull();
});
