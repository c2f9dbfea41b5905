import { expect, test } from "vitest";
import { createRandom } from "./random.ts";
import { Timeline } from "./timeline.ts";

test("plans happen in the order of their times, equal ones as they were made, each at its own moment", () => {
  const timeline = new Timeline(1000);
  const seen: string[] = [];
  const plan = (delay: number, name: string) =>
    timeline.after(delay, () => seen.push(`${name} ${timeline.now}`));
  for (const [delay, name] of [
    [30, "c"],
    [10, "a"],
    [30, "d"],
    [20, "b"],
  ] as const)
    plan(delay, name);
  timeline.advance(1025);
  expect(seen).toEqual(["a 1010", "b 1020"]);
  expect(timeline.nextAt()).toBe(1030);
  timeline.advance(5000);
  expect(seen).toEqual(["a 1010", "b 1020", "c 1030", "d 1030"]);
  expect(timeline.now).toBe(5000);
  expect(timeline.nextAt()).toBe(Number.POSITIVE_INFINITY);
});

test("what a plan plans within the time still happens, and many plans stay in order", () => {
  const timeline = new Timeline(0);
  const random = createRandom(3);
  const times: number[] = [];
  for (let n = 0; n < 500; n += 1) {
    timeline.after(random.between(0, 1000), () => {
      times.push(timeline.now);
      if (times.length < 1000) timeline.after(random.between(0, 100), () => times.push(timeline.now));
    });
  }
  timeline.advance(2000);
  expect(times.length).toBeGreaterThan(900);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test("the same seed gives the same numbers and ids; another seed others", () => {
  const take = (seed: number) => {
    const random = createRandom(seed);
    return [random.between(5, 6), random.id(), random.hex()];
  };
  expect(take(1)).toEqual(take(1));
  expect(take(1)).not.toEqual(take(2));
  expect(take(1)[0]).toBeGreaterThanOrEqual(5);
  expect(take(1)[1]).toMatch(/^[0-9a-z]{25}$/);
  expect(take(1)[2]).toMatch(/^[0-9a-f]{64}$/);
});
