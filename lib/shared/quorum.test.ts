import { describe, expect, it } from "vitest";
import { say } from "./i18n/phrase.ts";
import { t } from "./i18n/translate.ts";
import type { NodeView } from "./model/types.ts";
import { quorumOf, roleChangeWarnings } from "./quorum.ts";

describe("quorumOf", () => {
  it.each([
    [1, 1, 1, 0],
    [2, 2, 2, 0],
    [3, 3, 2, 1],
    [4, 4, 3, 1],
    [5, 4, 3, 1],
    [3, 1, 2, -1],
  ])("of %i managers, %i reachable: %i needed, %i to spare", (total, reachable, needed, spare) => {
    expect(quorumOf(total, reachable)).toEqual({ total, reachable, needed, spare });
  });
});

describe("roleChangeWarnings", () => {
  const manager = (id: string, reachability = "reachable") =>
    ({ id, role: "manager", reachability }) as NodeView;
  const worker = { id: "w", role: "worker", reachability: null } as NodeView;
  const model = (managers: NodeView[]) => ({
    nodes: Object.fromEntries([...managers, worker].map((node) => [node.id, node])),
  });
  const reach = (count: number, unreachable = 0) => [
    ...Array.from({ length: count }, (_, index) => manager(`m${index}`)),
    ...Array.from({ length: unreachable }, (_, index) => manager(`u${index}`, "unreachable")),
  ];
  const warn = (managers: NodeView[], node: NodeView, role: NodeView["role"]) =>
    roleChangeWarnings(model(managers), node, role).map((phrase) => say(t, phrase));

  it.each([
    [reach(1), worker, "manager", ["With 2 managers, losing one stops changes. Use 1 or 3."]],
    [reach(2), worker, "manager", []],
    [
      reach(3),
      worker,
      "manager",
      ["With 4 managers, losing more than 1 stops changes, as with one manager fewer."],
    ],
    [reach(8), worker, "manager", ["With 9 managers every change takes longer. 3, 5 or 7 are usual."]],
    [
      reach(1),
      manager("m0"),
      "worker",
      ["This is the last manager. A swarm without a manager cannot exist."],
    ],
    [reach(2), manager("m0"), "worker", ["With 1 manager, losing it stops changes."]],
    [
      reach(2, 1),
      manager("m0"),
      "worker",
      ["Only 1 of 2 managers would be reachable. The swarm would accept no changes until more come back."],
    ],
    [reach(3), manager("m0"), "manager", []],
  ] as const)("%#", (managers, node, role, expected) => {
    expect(warn([...managers], node, role)).toEqual(expected);
  });
});
