import { beforeAll, describe, expect, test } from "vitest";
import { allowed } from "../conformance/allowed.ts";
import { areas } from "../conformance/calls/all.ts";
import { compare } from "../conformance/compare.ts";
import { type BothRun, runBoth } from "../conformance/run-both.ts";

let both: BothRun;
beforeAll(async () => {
  both = await runBoth();
}, 180_000);

describe("the simulated engine answers as a real one", () => {
  test.each(Object.keys(areas))("%s", (area) => {
    expect(both.lab.filter((each) => each.area === area).length).toBeGreaterThan(4);
    const differences = both.comparison.differences.filter(
      (each) => each.area === area && each.reason === null,
    );
    expect(differences.map(({ name, sentence }) => `${name}: ${sentence}`)).toEqual([]);
  });

  test("what may differ does", () => {
    const reasons = new Set(both.comparison.differences.map(({ reason }) => reason));
    // What a kernel lacks is not the same everywhere.
    const unused = allowed.filter(
      ({ reason, where }) => !reasons.has(reason) && !where.source.includes("info"),
    );
    expect(unused).toEqual([]);
  });

  test("a difference is found", () => {
    const changed = both.lab.map((each) =>
      each.area === "services" && each.name === "the same name again" ? { ...each, status: 500 } : each,
    );
    const found = compare(changed, both.sim).differences.filter(({ name }) => name === "the same name again");
    expect(found.map(({ sentence }) => sentence)).toContain("status: 500 in the lab, 409 simulated");
    const lacking = both.lab.map((each) =>
      each.area === "nodes" && each.name === "list" ? { ...each, shape: { "[]": { ID: "number" } } } : each,
    );
    const sentences = compare(lacking, both.sim).differences.map(({ sentence }) => sentence);
    expect(sentences).toContain("[].ID: number in the lab, string simulated");
    expect(sentences).toContain("[].ManagerStatus: only simulated (object)");
  });
});
