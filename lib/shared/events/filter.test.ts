import { expect, test } from "vitest";
import { readEventFilter, writeEventFilter } from "./address.ts";
import { named, partsOfSentence } from "./event-words.ts";
import { type EventFilter, everyEvent, matchesEvent } from "./filter.ts";
import { anEvent } from "./testing/an-event.ts";

const event = anEvent({
  at: 100, kind: "task", action: "failed", severity: "bad", objectName: "web_api.1", serviceId: "s1",
  serviceName: "web_api", stack: "web", nodeId: "n1", nodeName: "swarm-1", taskId: "t1", actor: "Ann",
  facts: { exitCode: 137, error: "task: non-zero exit (137)" },
}); // biome-ignore format: short

test.each<[Partial<EventFilter>, boolean]>([
  [{}, true],
  [{ text: "API 137" }, true],
  [{ text: "ann" }, true],
  [{ text: "api nothing" }, false],
  [{ kinds: ["task", "node"] }, true],
  [{ kinds: ["node"] }, false],
  [{ severities: ["warn"] }, false],
  [{ services: ["web_api"] }, true],
  [{ services: ["s1"] }, true],
  [{ services: ["api"] }, false],
  [{ stacks: ["-"] }, false],
  [{ stacks: ["web"], nodes: ["swarm-1"] }, true],
  [{ nodes: ["swarm-2"] }, false],
  [{ tasks: ["t1"] }, true],
  [{ from: 101 }, false],
  [{ from: 100, to: 100 }, true],
  [{ to: 99 }, false],
])("%j: %s", (part, expected) => {
  expect(matchesEvent(event, { ...everyEvent, ...part })).toBe(expected);
});

test("a filter survives the address, and what does not fit is left out", () => {
  const filter: EventFilter = {
    ...everyEvent, text: "a b", kinds: ["task"], severities: ["bad"], services: ["x", "y"], from: 5,
  }; // biome-ignore format: short
  expect(readEventFilter(writeEventFilter(filter))).toEqual(filter);
  expect(readEventFilter(new URLSearchParams("kind=task,nonsense&severity=x&from=abc"))).toEqual({
    ...everyEvent,
    kinds: ["task"],
  });
});

test("names are found in a sentence, and cannot pretend to end", () => {
  expect(partsOfSentence(`Scaled ${named("a\u2069b")} to 3`)).toEqual([
    { text: "Scaled ", isName: false },
    { text: "ab", isName: true },
    { text: " to 3", isName: false },
  ]);
});
