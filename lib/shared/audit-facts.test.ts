import { expect, test } from "vitest";
import { factLines, factText } from "./audit-facts.ts";

test("differences are told as such, other values as they are", () => {
  const facts = {
    role: { from: "viewer", to: "operator" },
    replicas: { before: 3, after: 5 },
    sessionsEnded: 2,
    force: true,
    owner: null,
    labels: { zone: "a", empty: "" },
    services: ["web", "db"],
  };
  expect(factLines(facts)).toEqual([
    { name: "role", from: "viewer", to: "operator" },
    { name: "replicas", from: "3", to: "5" },
    { name: "sessions ended", to: "2" },
    { name: "force", to: "true" },
    { name: "owner", to: "null" },
    { name: "labels", to: 'zone=a, empty=""' },
    { name: "services", to: "web, db" },
  ]);
  expect(factText({ role: facts.role, force: true })).toBe("role: viewer → operator; force: true");
  expect(factText({})).toBe("");
});
