import { expect, test, vi } from "vitest";
import { createSharedReads } from "./shared-reads.ts";

test("many viewers cost one call, until something changes or it is old", async () => {
  let now = 0;
  const reads = createSharedReads(() => now);
  const load = vi.fn(async () => load.mock.calls.length);
  expect(await Promise.all([1, 2, 3].map(() => reads.read("secrets", load)))).toEqual([1, 1, 1]);
  now = 59_000;
  expect(await reads.read("secrets", load)).toBe(1);
  reads.changed("configs");
  expect(await reads.read("secrets", load)).toBe(1);
  reads.changed("secrets");
  expect(await reads.read("secrets", load)).toBe(2);
  now += 60_000;
  expect(await reads.read("secrets", load)).toBe(3);
  reads.changedAll();
  expect(await reads.read("secrets", load)).toBe(4);
});

test("a change during a read is not lost", async () => {
  const reads = createSharedReads(() => 0);
  let finish = (_: string) => {};
  const slow = reads.read("networks", () => new Promise<string>((resolve) => (finish = resolve)));
  reads.changed("networks");
  const fresh = reads.read("networks", async () => "after");
  finish("before");
  expect(await slow).toBe("before");
  expect(await fresh).toBe("after");
  expect(await reads.read("networks", async () => "again")).toBe("after");
});

test("a failure is told and not kept", async () => {
  const reads = createSharedReads(() => 0);
  const failing = () => Promise.reject(new Error("no manager"));
  await expect(reads.read("services", failing)).rejects.toThrow("no manager");
  expect(await reads.read("services", async () => "there")).toBe("there");
});
