import { expect, test } from "vitest";
import type { WireTask } from "#lib/server/docker/wire.ts";
import { keptTasks, taskIntake } from "./kept-tasks.ts";

const task = (ID: string, version: number, image = "web:1"): WireTask => ({
  ID,
  Version: { Index: version },
  Spec: { ContainerSpec: { Image: image } },
  NetworksAttachments: [{ Addresses: ["10.0.0.2/24"] }],
});

test("tasks of a service share one specification, and addresses are not kept", () => {
  const kept = keptTasks([task("a", 1), task("b", 2), task("c", 3, "web:2")], []);
  expect(kept).toEqual([
    { ID: "a", Version: { Index: 1 }, Spec: { ContainerSpec: { Image: "web:1" } } },
    { ID: "b", Version: { Index: 2 }, Spec: { ContainerSpec: { Image: "web:1" } } },
    { ID: "c", Version: { Index: 3 }, Spec: { ContainerSpec: { Image: "web:2" } } },
  ]);
  expect(kept[1]?.Spec).toBe(kept[0]?.Spec);
});

test("of a task only what the model is made from is kept, and its container's id as it is shown", () => {
  const Status = { Timestamp: "t", State: "failed", Message: "started", Err: "task: non-zero exit (1)" };
  const container = { ContainerID: "0123456789abcdef", PID: 7, ExitCode: 1 };
  const told: WireTask = {
    ...task("a", 1),
    CreatedAt: "c",
    UpdatedAt: "u",
    ServiceID: "web",
    Slot: 2,
    NodeID: "n",
    DesiredState: "shutdown",
    Status: { ...Status, ContainerStatus: container, PortStatus: { Ports: null } },
  };
  const { UpdatedAt: _, NetworksAttachments: __, ...rest } = told;
  expect(keptTasks([told], [])).toEqual([
    { ...rest, Status: { ...Status, ContainerStatus: { ContainerID: "0123456789ab", ExitCode: 1 } } },
  ]);
  for (const hostile of ["text", 7, null, { ContainerStatus: "text" }])
    expect(() => keptTasks([{ ID: "a", Status: hostile } as WireTask], [])).not.toThrow();
});

test("a specification is shared with what is known", () => {
  const before = keptTasks([task("a", 1), task("b", 2)], []);
  const after = keptTasks([task("a", 1), task("b", 5), task("d", 6)], before);
  expect(after[0]).toEqual(before[0]);
  expect(after[0]?.Spec).toBe(before[0]?.Spec);
  expect(after[1]).toEqual({ ...before[1], Version: { Index: 5 } });
  expect(after[2]?.Spec).toBe(before[0]?.Spec);
});

test("a task without a version, or without anything, is taken as it comes", () => {
  expect(keptTasks([{ ID: "a" }, {}], [{ ID: "a", Slot: 3 }])).toEqual([{ ID: "a" }, {}]);
});

test("what is read again in the same version stays the same object, and another version shares its specification", () => {
  const ofWeb = (read: WireTask) => ({ ...read, ServiceID: "web" });
  const before = keptTasks([ofWeb(task("a", 1)), ofWeb(task("b", 2))], []);
  const keep = taskIntake((serviceId) => (serviceId === "web" ? before : []));
  const read = [ofWeb(task("a", 1)), ofWeb(task("b", 3)), { ...task("x", 4), ServiceID: "db" }, null].map(
    keep,
  );
  expect(read[0]).toBe(before[0]);
  expect(read[1]).toEqual({ ...before[1], Version: { Index: 3 } });
  expect(read[1]?.Spec).toBe(before[0]?.Spec);
  expect(read.slice(2)).toEqual([{ ...task("x", 4), ServiceID: "db", NetworksAttachments: undefined }, {}]);
  expect(keptTasks(read.slice(0, 2), before)[0]).toBe(before[0]);
});
