import { expect, test } from "vitest";
import { runSeed } from "./run-seed.ts";

/** Always the same: one for each kind of weather (fault-plan.ts). `npm run fuzz` has as many as one likes. */
test.each([1, 2, 3, 4, 5])("seed %i: after the faults the page knows what a full read says", async (seed) => {
  const report = await runSeed({ seed, faultyMs: 5_000, limits: { slowMs: 2_000, floodMs: 1_000 } });
  expect(report.happenings).toBeGreaterThan(15);
  expect(report.pictures).toBeGreaterThan(3);
});
