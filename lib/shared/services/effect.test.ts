import { expect, test } from "vitest";
import "#lib/shared/i18n/pages/edit.ts";
import { say } from "../i18n/phrase.ts";
import { t } from "../i18n/translate.ts";
import type { NodeView, TaskView } from "../model/types.ts";
import { editEffect } from "./effect.ts";

const spec = {
  Labels: { a: "1" },
  Mode: { Replicated: { Replicas: 6 } },
  TaskTemplate: { ContainerSpec: { Image: "x:1" }, Placement: { Constraints: ["node.labels.zone==a"] } },
  UpdateConfig: { Parallelism: 2, Delay: 5e9, Order: "start-first" },
};
const task = (n: number) =>
  ({ id: `t${n}`, nodeId: n < 2 ? "n2" : "n1", state: "running", createdAt: 0, since: 5_000 }) as TaskView;
const tasks = [0, 1, 2, 3, 4, 5].map(task);
const node = (id: string, zone: string) =>
  [id, { id, name: id, labels: { zone }, role: "worker" }] as unknown as [string, NodeView];
const nodes = Object.fromEntries([node("n1", "a"), node("n2", "b")]);
const facts = { service: { mode: "replicated" as const }, tasks, nodes };

function words(change: object, more: Partial<typeof facts> = {}): string {
  return say(t, editEffect(spec, { ...spec, ...change }, { ...facts, ...more }).words);
}
const container = (more: object) => ({
  TaskTemplate: { ...spec.TaskTemplate, ContainerSpec: { ...spec.TaskTemplate.ContainerSpec, ...more } },
});

test("what is no part of a task restarts none", () => {
  expect(words({})).toBe("Nothing is different.");
  expect(words({ Labels: { a: "2" } })).toBe("Changes labels only: no task restarts.");
  expect(words({ UpdateConfig: { Parallelism: 1 } })).toBe("Changes only how updates go: no task restarts.");
  expect(words({ Mode: { Replicated: { Replicas: 7 } } })).toBe(
    "Scales from 6 to 7: no other task restarts.",
  );
  expect(words({ TaskTemplate: { ...spec.TaskTemplate, Networks: [] } })).toBe("Nothing is different.");
});

test("what is in a task replaces all, by the update settings that will be", () => {
  // Three rounds of 5 s to start and 5 s of delay, and the 5 s in which swarm looks for failures.
  expect(words(container({ Image: "x:2" }))).toBe("Replaces 6 tasks, 2 at a time, start-first; about 35 s.");
  expect(words(container({ Labels: { a: "1" } }))).toMatch(/^Replaces 6 tasks/);
  expect(words({ EndpointSpec: { Ports: [{ TargetPort: 80 }] } })).toMatch(/^Replaces 6 tasks/);
  expect(words({ ...container({ User: "1" }), UpdateConfig: { Parallelism: 0 } })).toBe(
    "Replaces 6 tasks, all at once, stop-first; about 10 s.",
  );
  const waiting = tasks.slice(0, 1).map((each) => ({ ...each, state: "pending" as const }));
  expect(words(container({ User: "1" }), { tasks: waiting })).toBe("Replaces 1 task, start-first.");
  expect(words(container({ User: "1" }), { tasks: [] })).toBe(
    "No task runs now. Those to come are as changed.",
  );
});

test("placement alone moves the tasks whose node does not fit any more", () => {
  const placed = (Constraints: string[]) => ({
    TaskTemplate: { ...spec.TaskTemplate, Placement: { Constraints } },
  });
  expect(words(placed(["node.labels.zone!=c"]))).toBe("No task restarts.");
  const moved = editEffect(spec, { ...spec, ...placed(["node.labels.zone!=b"]) }, facts);
  expect(moved).toMatchObject({ kind: "moves", tasks: ["t0", "t1"] });
});

test("a job runs again, whatever is changed", () => {
  const job = { service: { mode: "replicated-job" as const }, tasks: tasks.slice(0, 1), nodes };
  const { kind, words } = editEffect(spec, { ...spec, Labels: { a: "2" } }, job);
  expect([kind, say(t, words)]).toEqual([
    "job",
    "The job runs again from its beginning, and its 1 task that runs now is ended.",
  ]);
});
