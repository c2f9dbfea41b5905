import { expect, test } from "vitest";
import type { WireService, WireTask } from "#lib/server/docker/wire.ts";
import type { EventDraft } from "#lib/shared/events/types.ts";
import { aModel, aNode } from "#lib/shared/model/testing/build.ts";
import { createDockerEvents } from "./docker-events.ts";
import { draftOf } from "./draft.ts";
import { modelChanges } from "./model-changes.ts";
import { createRecentWrites } from "./recent-writes.ts";
import { serviceChanges } from "./service-changes.ts";
import { taskChanges } from "./task-changes.ts";

const now = Date.parse("2026-01-31T12:00:00Z");
const states: Record<string, string> = { n1: "ready", n2: "down" };
const context = { now, node: (id: string) => ({ name: `swarm-${id}`, state: states[id] ?? "ready" }) };
const short = ({ action, severity, facts }: EventDraft) => [action, severity, facts];

let version = 0;
function wire(spec: WireService["Spec"], rest: Partial<WireService> = {}): WireService {
  version += 1;
  return { ID: "s1", Version: { Index: version }, Spec: { Name: "web_api", ...spec }, ...rest };
}
const image = (name: string, more: object = {}) => ({
  TaskTemplate: { ContainerSpec: { Image: name, ...more } },
});
const replicas = (n: number) => ({ Mode: { Replicated: { Replicas: n } } });

test.each<[string, WireService | undefined, WireService | undefined, unknown]>([
  ["new", undefined, wire({ ...image("a/b:1@sha256:1"), ...replicas(2) }), [["created", "info", { image: "a/b:1", replicas: 2 }]]],
  ["gone", wire({}), undefined, [["removed", "info", {}]]],
  ["scaled", wire(replicas(1)), wire(replicas(3)), [["scaled", "info", { from: 1, to: 3 }]]],
  ["image", wire(image("a:1")), wire(image("a:2")), [["image", "info", { from: "a:1", to: "a:2" }]]],
  ["the same version", { ...wire(replicas(1)), Version: { Index: 1 } }, { ...wire(replicas(2)), Version: { Index: 1 } }, []],
  ["a restart", wire({ TaskTemplate: { ForceUpdate: 1 } }), wire({ TaskTemplate: { ForceUpdate: 2 } }), [["restarted", "info", {}]]],
  ["names of what changed, never values",
    wire(image("a:1", { Env: ["PASSWORD=old"] })), wire(image("a:1", { Env: ["PASSWORD=hunter2"] })),
    [["updated", "info", { parts: "env" }]]],
  ["a label", wire({ Labels: { token: "abc" } }), wire({ Labels: { token: "def" } }), [["updated", "info", { parts: "labels" }]]],
  ["an internal write", wire({}), wire({}), []],
  ["an update that begins", wire({}), wire({}, { UpdateStatus: { State: "updating", StartedAt: "x" } }), [["update_started", "info", {}]]],
  ["an update that pauses", wire({}, { UpdateStatus: { State: "updating", StartedAt: "x" } }),
    wire({}, { UpdateStatus: { State: "paused", StartedAt: "x", Message: "update paused" } }),
    [["update_paused", "warn", { message: "update paused" }]]],
  ["nonsense of an engine", wire({}), wire({}, { UpdateStatus: { State: "dancing" } }), []],
])("a service: %s", (_, before, after, expected) => {
  expect(serviceChanges(before, after, context).map(short)).toEqual(expected);
}); // biome-ignore format: one table

const task = (state: string, rest: Partial<WireTask> & { err?: string; exit?: number } = {}): WireTask => ({
  ID: "t1", ServiceID: "s1", Slot: 1, NodeID: "n1", DesiredState: "running",
  Status: { State: state, Err: rest.err, ContainerStatus: { ExitCode: rest.exit } }, ...rest,
}); // biome-ignore format: short

test.each<[string, WireTask[], WireTask[], unknown]>([
  ["placed", [], [task("preparing")], [["placed", "info", {}]]],
  ["on its way", [task("preparing")], [task("starting")], []],
  ["running", [task("starting")], [task("running")], [["running", "info", {}]]],
  ["running at once", [], [task("running")], [["running", "info", {}]]],
  ["pending for a moment", [], [task("pending")], []],
  ["waiting", [task("pending")], [task("pending", { err: "no suitable node" })], [["waiting", "warn", { error: "no suitable node" }]]],
  ["still waiting", [task("pending", { err: "x" })], [task("pending", { err: "x" })], []],
  ["failed", [task("running")], [task("failed", { exit: 137, err: "task: non-zero exit (137)", DesiredState: "shutdown" })],
    [["failed", "bad", { exitCode: 137, error: "task: non-zero exit (137)" }]]],
  ["stopped by order, however it ended", [task("running", { DesiredState: "shutdown" })],
    [task("failed", { exit: 143, DesiredState: "shutdown" })], [["shutdown", "info", {}]]],
  ["told to stop", [task("running")], [task("running", { DesiredState: "shutdown" })], []],
  ["lost with its node", [task("running", { NodeID: "n2" })], [task("running", { NodeID: "n2", DesiredState: "shutdown" })],
    [["lost", "bad", {}]]],
  ["gone while it ran", [task("running")], [], [["shutdown", "info", {}]]],
  ["forgotten after its end", [task("shutdown")], [], []],
  ["ended by itself", [task("running")], [task("complete")], [["complete", "warn", {}]]],
  ["rejected", [task("preparing")], [task("rejected", { err: "No such image: x" })], [["rejected", "bad", { error: "No such image: x" }]]],
  ["a state we do not know", [task("running")], [task("hibernating")], []],
])("a task: %s", (_, before, after, expected) => {
  expect(taskChanges(wire({}), before, after, context).map(short)).toEqual(expected);
}); // biome-ignore format: one table

test("a task carries its service, slot, node and the time the engine says", () => {
  const after = task("running", { Slot: 3 });
  const at = now - 500;
  const told = { ...after, Status: { ...after.Status, Timestamp: new Date(at).toISOString() } };
  expect(
    taskChanges(wire({ Labels: { "com.docker.stack.namespace": "web" } }), [], [told], context),
  ).toMatchObject([
    { at, objectName: "web_api.3", taskId: "t1", serviceName: "web_api", stack: "web", nodeName: "swarm-n1" },
  ]);
  const ahead = { ...after, Status: { ...after.Status, Timestamp: new Date(now + 9_000).toISOString() } };
  expect(taskChanges(wire({}), [], [ahead], context)).toMatchObject([{ at: now }]);
});

test("nodes, the leader, labels without their values, and phases with their gap", () => {
  const a = aNode({ name: "a", leader: true, role: "manager", reachability: "reachable" });
  const b = aNode({ name: "b", role: "manager", reachability: "reachable", labels: { secret: "1" } });
  const before = aModel({ nodes: [a, b], info: { phase: "no_engine", since: 5 } });
  const after = aModel({
    nodes: [{ ...a, leader: false, state: "down", stateMessage: "heartbeat failure" },
      { ...b, leader: true, labels: { secret: "2" }, availability: "drain" }, aNode({ name: "c" })],
    info: { phase: "ready" },
  }); // biome-ignore format: short
  expect(modelChanges(before, after, now).map((event) => [event.objectName, ...short(event)])).toEqual([
    ["homelab", "phase", "info", { from: "no_engine", to: "ready", gapFrom: 5 }],
    ["a", "down", "bad", { from: "ready", message: "heartbeat failure" }],
    ["b", "availability", "info", { from: "active", to: "drain" }],
    ["b", "labels", "info", {}],
    ["b", "leader", "warn", { from: "a" }],
    ["c", "joined", "info", { role: "worker" }],
  ]);
  expect(modelChanges(aModel({}), after, now)).toEqual([]);
  expect(modelChanges(after, aModel({}), now)).toEqual([]);
});

test("of containers only what nobody else tells", () => {
  const hear = createDockerEvents();
  const event = (Type: string, Action: string, Attributes: Record<string, string> = {}, scope = "local") => {
    const wired = {
      Type,
      Action,
      Actor: { ID: "c".repeat(64), Attributes },
      scope,
      timeMs: now,
      timeNano: "1",
    };
    const draft = hear(wired, { id: "n1", name: "swarm-1" }, context);
    return draft && [draft.kind, draft.action, draft.severity, draft.objectName, draft.facts];
  };
  const ofTask = {
    "com.docker.swarm.task.id": "t1", "com.docker.swarm.task.name": "web_api.1.xyz",
    "com.docker.swarm.service.name": "web_api", "com.docker.swarm.service.id": "s1", password: "hunter2",
  }; // biome-ignore format: short
  expect(event("container", "start", ofTask)).toBeNull();
  expect(event("container", "health_status: healthy", ofTask)).toBeNull();
  expect(event("container", "health_status: unhealthy", ofTask)).toEqual([
    "task",
    "unhealthy",
    "warn",
    "web_api.1",
    {},
  ]);
  expect(event("container", "health_status: unhealthy", ofTask)).toBeNull();
  expect(event("container", "health_status: healthy", ofTask)).toEqual([
    "task",
    "healthy",
    "info",
    "web_api.1",
    {},
  ]);
  expect(event("container", "oom", ofTask)?.[2]).toBe("bad");
  expect(event("container", "die", { name: "box", exitCode: "1" })).toEqual([
    "container",
    "die",
    "warn",
    "box",
    { exitCode: 1 },
  ]);
  expect(event("container", "exec_die", { name: "box" })).toBeNull();
  expect(event("network", "create", { name: "net" })).toBeNull();
  expect(event("network", "create", { name: "net" }, "swarm")?.[3]).toBe("net");
  expect(event("secret", "remove", { name: "key" }, "swarm")).toEqual([
    "secret",
    "remove",
    "info",
    "key",
    {},
  ]);
  expect(event("volume", "create", { name: "v" }, "swarm")).toBeNull();
});

test("a change is somebody's when it is what they sent, a moment ago, and once", () => {
  let time = 0;
  const writes = createRecentWrites(() => time);
  const scaled = (to: number, id = "s1") =>
    draftOf({
      at: 0,
      kind: "service",
      action: "scaled",
      objectId: id,
      objectName: "api",
      facts: { from: 1, to },
    });
  const spec = (n: number) => ({
    kind: "service" as const,
    ref: "s1",
    by: "ann",
    action: "service.scale",
    spec: replicas(n),
  });
  writes.begin(spec(3)).confirm();
  expect(writes.who(scaled(5))).toBeNull();
  expect(writes.who(scaled(3, "s2"))).toBeNull();
  expect(writes.who(scaled(3))).toBe("ann");
  expect(writes.who(scaled(3))).toBeNull();
  writes.begin(spec(4)).drop();
  expect(writes.who(scaled(4))).toBeNull();
  writes.begin(spec(5)).confirm();
  time = 31_000;
  expect(writes.who(scaled(5))).toBeNull();
  writes.begin({ kind: "node", ref: "swarm-1", by: "bob", action: "node.remove", spec: null });
  expect(
    writes.who(draftOf({ at: 0, kind: "node", action: "removed", objectId: "n1", objectName: "swarm-1" })),
  ).toBe("bob");
  writes.begin({ kind: "task", ref: "t1", by: "bob", action: "task.kill", spec: null });
  expect(
    writes.who(draftOf({ at: 0, kind: "task", action: "running", objectId: "t1", objectName: "x" })),
  ).toBeNull();
  expect(
    writes.who(draftOf({ at: 0, kind: "task", action: "failed", objectId: "t1", objectName: "x" })),
  ).toBe("bob");
});
