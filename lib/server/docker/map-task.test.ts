import { describe, expect, it } from "vitest";
import { projectTasks } from "./map-task.ts";
import type { WireService, WireTask } from "./wire.ts";

const template = {
  ContainerSpec: { Image: "lab/web:1", Env: ["A=1"] },
  RestartPolicy: { Condition: "any" },
  Placement: {},
  ForceUpdate: 0,
};
const service: WireService = {
  ID: "s1",
  Spec: {
    TaskTemplate: { ...template, Networks: [{ Target: "net" }], Runtime: "container" },
    Mode: { Replicated: { Replicas: 2 } },
  },
};

let nextId = 0;
function task(slot: number, state: string, more: Partial<WireTask> = {}): WireTask {
  nextId += 1;
  const second = String(nextId % 60).padStart(2, "0");
  return {
    ID: `t${nextId}`,
    ServiceID: "s1",
    Slot: slot,
    NodeID: "n1",
    CreatedAt: `2026-11-21T05:35:${second}.291192703Z`,
    Spec: template,
    Status: { State: state, Timestamp: `2026-11-21T05:36:${second}Z` },
    DesiredState: "running",
    ...more,
  };
}

function shown(tasks: readonly WireTask[], of: WireService = service): string[] {
  return projectTasks(tasks, of).map((view) => `${view.slot ?? view.nodeId} ${view.state}`);
}

describe("projectTasks shows", () => {
  it.each<[string, WireTask[], string[]]>([
    ["only the running task of a slot", [task(1, "failed"), task(1, "running")], ["1 running"]],
    [
      "the newest end beside an attempt that does not run yet",
      [task(1, "failed"), task(1, "rejected"), task(1, "ready")],
      ["1 ready", "1 rejected"],
    ],
    ["the end alone", [task(1, "failed"), task(1, "complete")], ["1 complete"]],
    ["not what swarm stopped on purpose", [task(1, "shutdown"), task(2, "running")], ["2 running"]],
    ["not the history of a slot that was scaled away", [task(2, "failed", { DesiredState: "remove" })], []],
    ["a task lost with its node", [task(1, "running", { DesiredState: "shutdown" })], ["1 running"]],
    ["a state it does not know as unknown", [task(1, "meditating")], ["1 unknown"]],
  ])("%s", (_name, tasks, expected) => {
    expect(shown(tasks)).toEqual(expected);
  });

  it("counts the failures of the slot and when they began", () => {
    const tasks = [task(1, "failed"), task(1, "rejected"), task(1, "complete"), task(1, "running")];
    const [view] = projectTasks([...tasks, task(2, "failed")], service);
    expect(view?.failures).toBe(2);
    expect(view?.failuresSince).toBe(Date.parse(tasks[0]?.Status?.Timestamp ?? ""));
  });

  it("of a job the ends of its last iteration", () => {
    const job: WireService = {
      ID: "s1",
      Spec: { TaskTemplate: template, Mode: { ReplicatedJob: { TotalCompletions: 2 } } },
      JobStatus: { JobIteration: { Index: 4 } },
    };
    const { Slot: _, ...noSlot } = task(0, "complete", { JobIteration: { Index: 4 } });
    const old = task(1, "complete", { JobIteration: { Index: 3 } });
    const now = task(1, "failed", { JobIteration: { Index: 4 } });
    expect(shown([noSlot, old, now], job)).toEqual(["0 complete", "1 failed"]);
  });

  it("of a global service nothing on nodes it has left", () => {
    const global: WireService = { ID: "s1", Spec: { TaskTemplate: template, Mode: { Global: {} } } };
    const on = (NodeID: string, state: string): WireTask => {
      const { Slot: _, ...rest } = task(0, state, { NodeID });
      return rest;
    };
    expect(shown([on("n1", "running"), on("n2", "failed")], global)).toEqual(["n1 running"]);
  });
});

describe("a task is up to date", () => {
  const cases: [string, WireTask, boolean][] = [
    ["with the same specification", task(1, "running"), true],
    ["whatever networks it has", task(1, "running", { Spec: { ...template, Networks: [] } }), true],
    [
      "whatever order its keys have",
      task(1, "running", { Spec: Object.fromEntries(Object.entries(template).reverse()) }),
      true,
    ],
    [
      "when only constraints changed",
      task(1, "running", { Spec: { ...template, Placement: { Constraints: ["node.role==worker"] } } }),
      true,
    ],
    [
      "not with another restart counter",
      task(1, "running", { Spec: { ...template, ForceUpdate: 1 } }),
      false,
    ],
    ["not with another image", task(1, "running", { Spec: { ContainerSpec: { Image: "x" } } }), false],
  ];
  it.each(cases)("%s", (_name, wire, expected) => {
    expect(projectTasks([wire], service)[0]?.upToDate).toBe(expected);
  });

  it("on engine 29, whose services carry swap settings that tasks have too", () => {
    const resources = { Resources: { SwapBytes: 0, MemorySwappiness: 60 } };
    const modern = { ...service, Spec: { ...service.Spec, TaskTemplate: { ...template, ...resources } } };
    expect(
      projectTasks([task(1, "running", { Spec: { ...template, ...resources } })], modern)[0]?.upToDate,
    ).toBe(true);
    expect(projectTasks([task(1, "running")], modern)[0]?.upToDate).toBe(false);
  });
});

describe("a hostile task", () => {
  it("is cut and never throws", () => {
    const wire = {
      ID: "x",
      ServiceID: 7,
      Slot: "NaN",
      Status: { State: {}, Err: "e".repeat(100_000), Timestamp: "tomorrow", ContainerStatus: "no" },
      Spec: {
        ContainerSpec: { Image: 5 },
        Resources: { Reservations: { NanoCPUs: -1, MemoryBytes: "1e9" } },
      },
    } as unknown as WireTask;
    const [view] = projectTasks([wire], service);
    expect(view).toMatchObject({
      state: "unknown",
      slot: 0,
      nanoCpus: 0,
      memoryBytes: 0,
      since: 0,
      imageTag: null,
    });
    expect(view?.error?.length).toBe(4096);
  });

  it("without an id is no task", () => {
    expect(projectTasks([{} as WireTask], service)).toEqual([]);
  });
});

describe("an exit code", () => {
  const ended = (state: string, ContainerID: string) =>
    projectTasks(
      [task(1, "x", { Status: { State: state, ContainerStatus: { ContainerID, ExitCode: 0 } } })],
      service,
    )[0]?.exitCode;
  it("counts only where a container has ended", () => {
    expect(ended("complete", "c1")).toBe(0);
    expect(ended("running", "c1")).toBeNull();
    expect(ended("rejected", "")).toBeNull();
  });
});
