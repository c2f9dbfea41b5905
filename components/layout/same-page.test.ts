import { expect, test } from "vitest";
import { samePage } from "./same-page.ts";

test("the same list of another cluster, without what belongs to one object", () => {
  expect(samePage("/c/local/tasks", "staging")).toBe("/c/staging/tasks");
  expect(samePage("/c/local/services/web_api/revisions", "staging")).toBe("/c/staging/services");
  expect(samePage("/c/local", "my cluster")).toBe("/c/my%20cluster/map");
  expect(samePage("/users", "staging")).toBe("/c/staging/map");
  expect(samePage("/clusters", "staging")).toBe("/c/staging/map");
});
