import { expect, test } from "vitest";
import { createFailureBudget } from "./failure-budget.ts";

test("a crash loop is looked at now and then, and says what was left out", () => {
  let now = 0;
  const budget = createFailureBudget({ burst: 2, everyMs: 1000, now: () => now });
  expect([budget.take("a"), budget.take("a")]).toEqual([0, 0]);
  expect([budget.take("a"), budget.take("a")]).toEqual([null, null]);
  expect(budget.take("b")).toBe(0);
  expect(budget.miss("a")).toBeNull();
  now = 1000;
  expect([budget.take("a"), budget.take("a")]).toEqual([3, null]);
  // Pauses do not add up to more than the burst.
  now = 1_000_000;
  expect([budget.take("a"), budget.take("a"), budget.take("a")]).toEqual([1, 0, null]);
});
