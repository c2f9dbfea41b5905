import { describe, expect, it } from "vitest";
import { type Box, pointOn, scaleSteps, scalesPerWake, wakeCurve } from "./wake-path.ts";

const box = (left: number, top: number): Box => ({ left, top, width: 100, height: 28 });

describe("the curve of a wake", () => {
  it.each<[string, Box, Box, [number, number], [number, number]]>([
    ["down to the right", box(0, 0), box(500, 300), [50, 32], [496, 314]],
    ["down to the left", box(500, 0), box(0, 300), [550, 32], [106, 314]],
    ["up to the right", box(0, 300), box(500, 0), [50, 296], [496, 14]],
    ["up to the left", box(500, 300), box(0, 0), [550, 296], [106, 14]],
  ])("goes %s from edge to edge", (_way, from, to, start, end) => {
    const curve = wakeCurve(from, to);
    expect(pointOn(curve, 0)).toEqual(start);
    expect(pointOn(curve, 1)).toEqual(end);
  });

  it("does not swing wide for neighbours", () => {
    const curve = wakeCurve(box(0, 0), box(120, 0));
    const lowest = Math.max(...Array.from({ length: 21 }, (_, i) => pointOn(curve, i / 20)[1]));
    expect(lowest).toBeLessThan(90);
  });
});

describe("the scales of a wake", () => {
  const curve = wakeCurve(box(0, 0), box(500, 300));
  const last = (index: number) => scaleSteps(curve, index, 30).at(-1);

  it("begin and end unseen, in order of time", () => {
    for (const index of [0, 15, 29]) {
      const steps = scaleSteps(curve, index, 30);
      expect(steps[0]?.opacity).toBe(0);
      expect(steps.at(-1)?.opacity).toBe(0);
      const times = steps.map((step) => step.offset);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect([times[0], times.at(-1)]).toEqual([0, 1]);
    }
  });
  it("get bigger and more solid to the front", () => {
    const fullest = (index: number) => Math.max(...scaleSteps(curve, index, 30).map((step) => step.opacity));
    expect(fullest(29)).toBeGreaterThan(fullest(15));
    expect(fullest(15)).toBeGreaterThan(fullest(0));
    expect(last(29)?.transform).toContain("scale(1.00)");
    expect(last(0)?.transform).toContain("scale(0.42)");
  });
  it("move by transform and opacity only", () => {
    const names = new Set(scaleSteps(curve, 3, 30).flatMap((step) => Object.keys(step)));
    expect([...names].sort()).toEqual(["offset", "opacity", "transform"]);
  });
  it("are fewer per thread when many threads swim", () => {
    expect([1, 10, 20, 40].map(scalesPerWake)).toEqual([30, 30, 15, 10]);
  });
});
