import { expect, test } from "vitest";
import { createFaultPlan } from "./fault-plan.ts";

const limits = { slowMs: 1_000, floodMs: 500 };
const calls = (seed: number, engine = 0) => {
  const plan = createFaultPlan(seed, engine, limits);
  return Array.from({ length: 300 }, () => plan.nextCall());
};
const streams = (seed: number, engine = 0) => {
  const plan = createFaultPlan(seed, engine, limits);
  return Array.from({ length: 60 }, () => plan.nextStream());
};

test("the same seed gives the same faults in the same order; another seed or engine gives others", () => {
  expect(calls(5)).toEqual(calls(5));
  expect(streams(5)).toEqual(streams(5));
  expect(calls(5)).not.toEqual(calls(10));
  expect(calls(5)).not.toEqual(calls(5, 1));
  expect(streams(5)).not.toEqual(streams(5, 1));
});

test("faults of calls and of streams do not shift each other", () => {
  const plan = createFaultPlan(5, 0, limits);
  const mixed = calls(5).map((_, index) => {
    if (index % 3 === 0) plan.nextStream();
    return plan.nextCall();
  });
  expect(mixed).toEqual(calls(5));
});

test("five seeds in a row have every kind of fault between them", () => {
  const seeds = [1, 2, 3, 4, 5];
  const kinds = new Set(seeds.flatMap((seed) => calls(seed).map((fault) => (fault.kind === "cut" ? `cut ${fault.end}` : fault.kind)))); // biome-ignore format: one expression
  expect([...kinds].sort()).toEqual(["cut clean", "cut reset", "none", "refuse", "reset", "slow", "status"]);
  const incidents = new Set(seeds.flatMap((seed) => streams(seed).map((incident) => incident?.kind)));
  expect([...incidents].filter((kind) => kind !== undefined).sort()).toEqual(["close", "delay", "flood", "garbage", "halfLine", "repeat", "torn"]); // biome-ignore format: one list
});
