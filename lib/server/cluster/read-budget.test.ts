import { expect, test } from "vitest";
import { ReadBudget } from "./read-budget.ts";

function after(...costs: readonly (number | null)[]): ReadBudget {
  const budget = new ReadBudget(1_000, 30_000);
  for (const cost of costs) budget.done(0, cost);
  return budget;
}

test.each([
  ["nothing measured yet", [], 1_000],
  ["cheap reads", [10, 12], 1_000],
  ["50 ms is 5 % of a second", [50], 1_000],
  ["100 ms is 5 % of two seconds", [100], 2_000],
  ["very expensive reads", [2_000, 2_000], 30_000],
  ["one slow answer among fast ones", [10, 10, 60, 10], 1_000],
  ["one read that waited for a leader", [10, 13_000], 1_000],
  ["an unneeded read costs nothing", [10, null], 1_000],
] as const)("period after %s", (_name, costs, period) => {
  expect(after(...costs).periodMs()).toBe(period);
});

test("lists that are really slow are not taken for elections for ever", () => {
  expect(after(3_000, 3_000).periodMs()).toBe(30_000);
});

test("shows a round period that is not shorter than the real one", () => {
  expect(after(55).periodMs()).toBe(1_100);
  expect(after(55).shownPeriodMs()).toBe(2_000);
});

test("shows a shorter period only once it is kept with room to spare", () => {
  const budget = after(104);
  expect(budget.shownPeriodMs()).toBe(5_000);
  for (let look = 0; look < 20; look += 1) budget.done(0, 90);
  expect(budget.periodMs()).toBeLessThan(2_000);
  expect(budget.shownPeriodMs()).toBe(5_000);
  for (let look = 0; look < 20; look += 1) budget.done(0, 60);
  expect(budget.shownPeriodMs()).toBe(2_000);
  budget.done(0, 300);
  expect(budget.shownPeriodMs()).toBe(5_000);
});

test("is due a period after the last read, or at once when asked", () => {
  const budget = new ReadBudget(1_000, 30_000);
  expect(budget.dueAt()).toBe(Number.NEGATIVE_INFINITY);
  budget.done(5_000, 10);
  expect(budget.dueAt()).toBe(6_000);
  budget.dueNow();
  expect(budget.dueAt()).toBe(Number.NEGATIVE_INFINITY);
});
