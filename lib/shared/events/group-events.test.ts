import { expect, test } from "vitest";
import { say } from "../i18n/phrase.ts";
import { t } from "../i18n/translate.ts";
import { groupEvents } from "./group-events.ts";
import { groupActor, groupSeverity, groupWords } from "./group-words.ts";
import { anEvent } from "./testing/an-event.ts";
import type { ClusterEvent } from "./types.ts";

const s = 1_000;
type Fields = Partial<ClusterEvent>;

const service = (at: number, action: string, fields: Fields = {}) =>
  anEvent({
    at: at * s, kind: "service", action, objectId: "s1", objectName: "web_api", serviceId: "s1", serviceName: "web_api",
    stack: "web", ...fields,
  }); // biome-ignore format: short
let taskNumber = 0;
const task = (at: number, action: string, fields: Fields = {}) => {
  taskNumber += 1;
  const id = `t${taskNumber}`;
  return anEvent({
    at: at * s, kind: "task", action, objectId: id, taskId: id, objectName: "web_api.1", serviceId: "s1",
    serviceName: "web_api", stack: "web", nodeId: "n2", nodeName: "swarm-2", ...fields,
  }); // biome-ignore format: short
};
const node = (at: number, action: string, name: string, fields: Fields = {}) =>
  anEvent({
    at: at * s, kind: "node", action, objectId: name, objectName: name, nodeId: name, nodeName: name, ...fields,
  }); // biome-ignore format: short
const phase = (at: number, from: string, to: string) =>
  anEvent({ at: at * s, kind: "cluster", action: "phase", facts: { from, to } });
const many = (n: number, make: (i: number) => ClusterEvent) => Array.from({ length: n }, (_, i) => make(i));
const failed = (at: number, exitCode = 137) =>
  task(at, "failed", { severity: "bad", facts: { exitCode, error: `task: non-zero exit (${exitCode})` } });
const onNode3 = { nodeId: "swarm-3", nodeName: "swarm-3" };

const stories: readonly [string, readonly ClusterEvent[], readonly string[]][] = [
  [
    "a rolling update and the tasks it replaces, however long it takes",
    [
      service(0, "image", { facts: { from: "acme/api:1", to: "acme/api:2" } }),
      service(0, "update_started"),
      ...many(6, (i) => task(600 * i + 1, "shutdown")),
      ...many(6, (i) => task(600 * i + 5, "running")),
      service(3_100, "update_completed"),
      task(3_101, "shutdown"),
    ],
    ["Rolling update of api to 2: 6 tasks replaced"],
  ],
  [
    "the end of an update whose beginning nobody saw",
    [service(0, "update_completed")],
    ["Rolling update of api"],
  ],
  [
    "two updates are two stories, and a start after them is a third",
    [
      service(0, "restarted"),
      service(0, "update_started"),
      task(2, "running"),
      service(3, "update_completed"),
      service(100, "updated", { facts: { parts: "env,labels" } }),
      service(101, "update_started"),
      task(102, "running"),
      service(103, "update_completed"),
      task(200, "running"),
    ],
    [
      "web_api.1 started on swarm-2",
      "Rolling update of api (environment, labels): 1 task replaced",
      "Restart of api: 1 task replaced",
    ],
  ],
  [
    "scaling up",
    [service(0, "scaled", { facts: { from: 3, to: 6 } }), ...many(3, (i) => task(1 + i, "running"))],
    ["Scaled api from 3 to 6: 3 tasks started"],
  ],
  [
    "a start after the scale has reached its number has another reason",
    [service(0, "scaled", { facts: { from: 1, to: 2 } }), task(2, "running"), task(30, "running")],
    ["web_api.1 started on swarm-2", "Scaled api from 1 to 2: 1 task started"],
  ],
  [
    "a node that goes down while a service is still being made",
    [
      service(0, "created", { facts: { replicas: 9 } }),
      task(1, "running"),
      task(10, "lost", { ...onNode3, severity: "bad" }),
      node(10, "down", "swarm-3"),
      task(15, "running"),
    ],
    ["swarm-3 went down: 1 task lost, 1 started elsewhere", "Created api: 1 task started"],
  ],
  [
    "scaling down",
    [service(0, "scaled", { facts: { from: 3, to: 1 } }), ...many(2, () => task(1, "shutdown"))],
    ["Scaled api from 3 to 1: 2 tasks stopped"],
  ],
  [
    "scaling down, and up again at once",
    [
      service(0, "scaled", { facts: { from: 3, to: 2 } }),
      service(1, "scaled", { facts: { from: 2, to: 4 } }),
      ...many(2, () => task(2, "running")),
    ],
    ["Scaled api from 2 to 4: 2 tasks started", "Scaled api from 3 to 2"],
  ],
  ["a label", [service(0, "updated", { facts: { parts: "labels" } })], ["Changed labels of api"]],
  [
    "a node that goes down, its tasks read a moment before, and its return",
    [
      ...many(5, () => task(0, "lost", { ...onNode3, severity: "bad" })),
      node(0.2, "down", "swarm-3", { severity: "bad" }),
      ...many(5, (i) => task(6 + i, "running")),
      node(40, "ready", "swarm-3"),
    ],
    ["swarm-3 went down: 5 tasks lost, 5 started elsewhere"],
  ],
  [
    "a drained node",
    [
      node(0, "availability", "swarm-3", { facts: { from: "active", to: "drain" } }),
      ...many(4, () => task(1, "placed")),
      ...many(4, () => task(1, "shutdown", onNode3)),
      ...many(4, () => task(4, "running")),
    ],
    ["swarm-3 was drained: 4 tasks moved"],
  ],
  [
    "a service that keeps failing, with its starts in between",
    many(24, (i) => (i % 2 === 0 ? failed(i * 13) : task(i * 13, "running"))),
    ["api failed 12 times with exit code 137 in 4 min"],
  ],
  [
    "a health check that fails again and again, and the end of each task",
    many(6, (i) => task(i * 10, i % 2 ? "complete" : "unhealthy", { taskId: `u${i >> 1}` })),
    ["api failed its health check 3 times in 40 s"],
  ],
  ["different exit codes", [failed(0), failed(10, 1)], ["api failed 2 times in 10 s"]],
  ["one failure", [failed(0)], ["web_api.1 failed on swarm-2"]],
  ["failures long apart", [failed(0), failed(1_000)], ["web_api.1 failed on swarm-2", "web_api.1 failed on swarm-2"]],
  [
    "failures of an update belong to it",
    [
      service(0, "image", { facts: { from: "a:1", to: "b:1" } }),
      service(0, "update_started"),
      failed(5),
      service(9, "update_paused", { severity: "warn", facts: { message: "update paused due to failure" } }),
    ],
    ["Rolling update of api paused: 0 tasks replaced"],
  ],
  [
    "an election, with every node silent for a moment",
    [
      phase(0, "ready", "electing"),
      node(14, "leader", "swarm-2"),
      phase(14, "electing", "ready"),
      node(15, "unknown", "swarm-1"),
      node(16, "ready", "swarm-1"),
    ],
    ["The managers had no leader for 14 s"],
  ],
  ["a lost quorum", [phase(0, "ready", "electing"), phase(30, "electing", "no_quorum"), phase(200, "no_quorum", "ready")],
    ["Too few managers were left for 3 min"]],
  ["an engine that was away", [phase(0, "ready", "no_engine"), phase(90, "no_engine", "ready")], ["No engine answers"]],
  [
    "tasks of one service that start for no known reason",
    many(3, (i) => task(i, "running")),
    ["api: 3 tasks started"],
  ],
  [
    "two services do not mix",
    [task(0, "running"), task(1, "running", { serviceId: "s2", serviceName: "db", stack: null, objectName: "db.1" })],
    ["db.1 started on swarm-2", "web_api.1 started on swarm-2"],
  ],
  [
    "networks of a stack",
    many(3, (i) => anEvent({ at: i, kind: "network", action: "create", objectName: `net${i}` })),
    ["3 networks were created"],
  ],
]; // biome-ignore format: one table

const plain = (text: string) => text.replaceAll(/[\u2068\u2069]/g, "");
const sentences = (events: readonly ClusterEvent[]) =>
  groupEvents(events).map((group) => plain(say(t, groupWords(group).title)));

test.each(stories)("%s", (_, events, expected) => {
  expect(sentences(events)).toEqual(expected);
  // In whatever order they come: pages add older ones later.
  expect(sentences(events.toReversed())).toEqual(expected);
});

test("no event is lost, and none is told twice", () => {
  const all = stories.flatMap(([, events], i) =>
    events.map((event) => ({ ...event, at: event.at + i * 90_000_000 })),
  );
  const told = groupEvents(all).flatMap((group) => group.events.map(({ id }) => id));
  expect(told.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
});

test("a story has the worst of its events, and the person who began it", () => {
  const [group] = groupEvents([
    service(0, "scaled", { actor: "ann", facts: { from: 1, to: 2 } }),
    task(1, "rejected", { severity: "bad" }),
  ]);
  if (!group) throw new Error("no group");
  expect(groupSeverity(group)).toBe("bad");
  expect(groupActor(group)).toBe("ann");
  expect(groupWords(group).details.map((detail) => say(t, detail))).toEqual(["1 task failed on the way."]);
});

test("5,000 events are grouped in a moment", () => {
  const events = many(5_000, (i) => task(i, i % 2 ? "running" : "shutdown", { serviceId: `s${i % 50}` }));
  const started = performance.now();
  groupEvents(events);
  expect(performance.now() - started).toBeLessThan(500);
});
