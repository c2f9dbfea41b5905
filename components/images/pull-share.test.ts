import { expect, test } from "vitest";
import type { PullLayer } from "#lib/shared/images/types.ts";
import { pullShare } from "./pull-share.ts";

const layer = (status: string, current = 0, total = 0, done = false): PullLayer => ({
  id: status,
  status,
  done,
  current,
  total,
});

test("a single layer moves while it comes and while it is unpacked, and never back", () => {
  const steps = [
    layer("Pulling fs layer"),
    layer("Downloading", 1, 10),
    layer("Downloading", 10, 10),
    layer("Verifying Checksum"),
    layer("Download complete"),
    layer("Extracting", 5, 10),
    layer("Pull complete", 0, 0, true),
  ].map((each) => pullShare([each]));
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect(new Set(steps).size).toBe(5);
  expect(steps.at(-1)).toBe(1);
});

test("nothing known is nothing done, and a layer beyond its size is no more than there", () => {
  expect(pullShare([])).toBe(0);
  expect(pullShare([layer("Downloading", 99, 10)])).toBe(0.7);
  expect(pullShare([layer("Already exists", 0, 0, true), layer("Waiting")])).toBe(0.5);
});
