import { expect, test } from "vitest";
import type { DockerEvent } from "#lib/server/docker/wire.ts";
import { createEventDedupe } from "./event-dedupe.ts";

function event(part: { type?: string; id?: string; action?: string; nano?: string } = {}): DockerEvent {
  const { type = "service", id = "s1", action = "update", nano = "1795238523000000001" } = part;
  return {
    Type: type,
    Action: action,
    Actor: { ID: id, Attributes: {} },
    scope: "swarm",
    timeMs: 0,
    timeNano: nano,
  };
}

test("the same event from a second and a third manager is known", () => {
  const heardBefore = createEventDedupe();
  expect([event(), event(), event()].map(heardBefore)).toEqual([false, true, true]);
});

test.each([
  ["type", { type: "node" }],
  ["object", { id: "s2" }],
  ["action", { action: "remove" }],
  // One nanosecond later: a difference that a double cannot hold.
  ["time", { nano: "1795238523000000002" }],
])("another %s is another event", (_name, part) => {
  const heardBefore = createEventDedupe();
  heardBefore(event());
  expect(heardBefore(event(part))).toBe(false);
});

test("remembers the newest half of its capacity at least, and not more than all of it", () => {
  const heardBefore = createEventDedupe(100);
  for (let i = 0; i < 1_000; i += 1) heardBefore(event({ nano: String(i) }));
  expect(heardBefore(event({ nano: "960" }))).toBe(true);
  expect(heardBefore(event({ nano: "100" }))).toBe(false);
});
