import { expect, test } from "vitest";
import { OutputRing } from "./output-ring.ts";

test("keeps the last bytes, each at its place", () => {
  const ring = new OutputRing(10);
  for (const text of ["abcd", "efgh", "ijkl", "mn"]) ring.push(Buffer.from(text));
  expect([ring.start, ring.end]).toEqual([4, 14]);
  expect(ring.from(0).toString()).toBe("efghijklmn");
  expect(ring.from(9).toString()).toBe("jklmn");
  expect(ring.from(14).toString()).toBe("");
  expect(ring.from(99).toString()).toBe("");
});

test("a flood keeps no more than the limit and one chunk", () => {
  const ring = new OutputRing(1000);
  for (let at = 0; at < 500; at += 1) ring.push(Buffer.alloc(64, at));
  expect(ring.end).toBe(32_000);
  expect(ring.from(0).length).toBeGreaterThanOrEqual(1000);
  expect(ring.from(0).length).toBeLessThan(1064);
});
