import { describe, expect, it } from "vitest";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { aModel, aNode, aService, aTask } from "#lib/shared/model/testing/build.ts";
import { type BulkKind, bulkPlan } from "./bulk-plan.ts";
import { serviceRows } from "./service-rows.ts";

const model = aModel({
  nodes: [aNode({ id: "n1" })],
  services: [
    aService({ id: "a", name: "a", replicas: 2 }),
    aService({ id: "g", name: "g", mode: "global", replicas: null, desiredTasks: 1 }),
    aService({ id: "p", name: "p", replicas: 1, maxReplicasPerNode: 1 }),
    aService({ id: "s", name: "s", isShoal: true }),
  ],
  tasks: [
    aTask({ serviceId: "a", slot: 1 }),
    aTask({ serviceId: "a", slot: 2 }),
    aTask({ serviceId: "g", slot: null }),
    aTask({ serviceId: "p" }),
    aTask({ serviceId: "s" }),
  ],
});
const rows = serviceRows(model, 0);
const plan = (kind: BulkKind, replicas = 0) =>
  bulkPlan(model, rows, kind, replicas).map(
    (step) => `${step.row.name}${step.skipped ? " skipped" : ""}: ${say(t, step.effect)}`,
  );

describe("bulkPlan", () => {
  it("says what stops, and leaves Shoal to its own page", () => {
    expect(plan("remove")).toEqual([
      "a: 2 tasks stop",
      "g: 1 task stops",
      "p: 1 task stops",
      "s skipped: Shoal itself: left out, act on it alone",
    ]);
  });

  it("scales only what has a number, and only where it changes", () => {
    expect(plan("scale", 2)).toEqual([
      "a skipped: has 2 already",
      "g skipped: not replicated: left out",
      "p: 1 → 2",
      "s skipped: Shoal itself: left out, act on it alone",
    ]);
  });

  it("warns before the engine would let tasks wait", () => {
    const [, , p] = bulkPlan(model, rows, "scale", 2);
    expect(p?.warnings.map((warning) => say(t, warning))).toEqual([
      "At most 1 per node on the 1 node that fits: 1 can run, 1 will wait.",
    ]);
  });
});
